package io.github.espalier.examples.features;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.coordinator.Verification;
import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.separator.Task;
import java.util.List;

/** Three tasks run at once, each in a worktree of its own, and land on one branch. */
public final class RunThreeTasks {
    private RunThreeTasks() {}

    /**
     * Runs it.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (ScratchFolder scratch = ScratchFolder.create("espalier-example-")) {
            UserGit git = SampleProject.create(scratch.path().resolve("project"));
            String agent =
                    "echo working on $ESPALIER_TASK; echo \"done: $ESPALIER_TITLE\" > \"notes-$ESPALIER_TASK.txt\"";
            RunReport report = Coordinator.builder()
                    .repository(git.directory())
                    .target(SampleProject.TARGET)
                    .launcher(InstanceLauncher.command("sh", "-c", agent))
                    .maxInstances(3)
                    .verify(Verification.command("git", "diff", "--quiet", "HEAD"))
                    .build()
                    .run(List.of(task("us-1", "Write"), task("us-2", "Read"), task("us-3", "Reckon")));
            report.tasks()
                    .forEach(task ->
                            System.out.println(task.id() + ": " + task.outcome().describe()));
            System.out.println(git.run("log", "--graph", "--oneline", SampleProject.TARGET));
        }
    }

    private static Task task(String id, String title) {
        return Task.builder(id).title(title).declare("notes-" + id + ".txt").build();
    }
}
