package consumer;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Merger;
import java.nio.file.Path;
import java.util.List;

/** A host on the module path: every library module and JGit must find what it needs there. */
public final class Consumer {
    private Consumer() {}

    public static void main(String[] arguments) {
        Path repository = Path.of(arguments[0]);
        if (!Coordinator.class.getModule().isNamed()) {
            throw new AssertionError("not on the module path");
        }
        ProjectTree.of(repository, "roadmap");
        RunReport report = Coordinator.builder()
                .repository(repository)
                .target("roadmap")
                .merger(Merger.jgit(GitRepository.open(repository)))
                .launcher(InstanceLauncher.command("sh", "-c", "echo new > new.txt"))
                .build()
                .run(List.of(Task.builder("a").declare("new.txt").build()));
        if (!report.success()) {
            throw new AssertionError(report);
        }
        System.out.println("landed on the module path");
    }
}
