package io.github.espalier.examples.benchmark;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.separator.Task;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A batch of independent tasks whose agents take equal time: each waits, as for a model's answer, then edits and commits.
 *
 * @param tasks how many
 * @param agentTime how long each agent waits
 */
record Batch(int tasks, Duration agentTime) {
    /** Waits, edits, commits; the arguments are the seconds and the task. */
    private static final String AGENT = "sleep \"$1\" && echo \"by $2\" > \"notes-$2.txt\" && git add -A &&"
            + " git -c user.name=Agent -c user.email=agent@espalier.invalid -c commit.gpgsign=false"
            + " commit --quiet --no-verify -m \"Add notes of $2\"";

    /** Runs the batch on a fresh repository; returns the time from start to report. */
    Duration run(int maxInstances) {
        try (ScratchFolder scratch = ScratchFolder.create("espalier-benchmark-")) {
            UserGit git = SampleProject.create(scratch.path().resolve("project"));
            String seconds = String.valueOf(agentTime.toMillis() / 1000.0);
            Coordinator coordinator = Coordinator.builder()
                    .repository(git.directory())
                    .target(SampleProject.TARGET)
                    .launcher(InstanceLauncher.command("sh", "-c", AGENT, "agent", seconds, "{task}"))
                    .maxInstances(maxInstances)
                    // What is measured is the coordinator, not what else this machine is doing.
                    .resources(ResourceMonitor.unlimited())
                    .build();
            long start = System.nanoTime();
            RunReport report = coordinator.run(list());
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            if (!report.success()) {
                throw new IllegalStateException("not all landed: " + report.tasks());
            }
            return time;
        }
    }

    private List<Task> list() {
        return IntStream.rangeClosed(1, tasks)
                .mapToObj(number -> Task.builder("task-" + number)
                        .declare("notes-task-" + number + ".txt")
                        .build())
                .toList();
    }
}
