package io.github.espalier.examples.features;

import io.github.espalier.coordinator.ConfigurationException;
import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.coordinator.TaskReport;
import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.separator.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** An agent that tries to write more than its worktree, in a sandbox without the network. */
public final class SandboxAnAgent {
    private SandboxAnAgent() {}

    /**
     * Runs it.
     *
     * @param args none
     * @throws IOException if the agent's log cannot be read
     */
    public static void main(String... args) throws IOException {
        try (ScratchFolder scratch = ScratchFolder.create("espalier-example-")) {
            UserGit git = SampleProject.create(scratch.path().resolve("project"));
            String agent = "touch \"$ESPALIER_REPOSITORY/mine.txt\"; git branch -f " + SampleProject.TARGET
                    + " HEAD; echo noted > notes.txt; git add notes.txt; git commit -qm 'Add notes'";
            RunReport report = Coordinator.builder()
                    .repository(git.directory())
                    .target(SampleProject.TARGET)
                    .launcher(InstanceLauncher.sandboxed(InstanceLauncher.command("sh", "-c", agent))
                            .network(false))
                    .build()
                    .run(List.of(Task.builder("us-1").declare("notes.txt").build()));
            TaskReport task = report.task("us-1");
            System.out.println(task.outcome().describe() + "; the agent printed:");
            System.out.println(
                    task.log().isPresent() ? Files.readString(task.log().get()) : "nothing");
        } catch (ConfigurationException e) {
            System.out.println(e.getMessage());
        }
    }
}
