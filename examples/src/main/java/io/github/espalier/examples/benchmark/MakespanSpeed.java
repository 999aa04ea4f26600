package io.github.espalier.examples.benchmark;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.separator.Plan;
import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Schedule;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskSeparator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * How long runs take: thirty tasks of one second that conflict and depend on each other, beside the bound below which no
 * schedule is; and independent equal tasks, with two and three instances beside one.
 */
final class MakespanSpeed {
    private static final int TASKS = 30;
    private static final int PATHS = 40;
    private static final int SEED = 7;
    private static final Duration EACH = Duration.ofSeconds(1);
    private static final int WARM_UP = 8;
    private static final double MOST_OF_BOUND = 1.05;
    private static final Duration EQUAL = Duration.ofSeconds(2);
    private static final int EQUAL_TASKS = 6;
    private static final double TWO = 1.9;
    private static final double THREE = 2.8;
    private static final String AGENT = "sleep 1 && echo \"by $1\" > \"notes-$1.txt\"";

    private MakespanSpeed() {}

    static List<SpeedLine> measure(int rounds) {
        List<SpeedLine> lines = new ArrayList<>();
        run(WARM_UP); // the first run of a virtual machine takes it longer to compile than to work
        for (int instances : List.of(2, 3, 8)) {
            lines.addAll(makespan(instances, rounds));
        }
        lines.addAll(throughput(rounds));
        return lines;
    }

    private static List<SpeedLine> makespan(int instances, int rounds) {
        Plan plan = Schedule.of(TaskSeparator.of(ProjectTree.empty()).separate(tasks()))
                .plan(instances);
        List<Duration> times = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            times.add(run(instances));
        }
        double bound = plan.bound().time().toMillis() / 1000.0;
        double seconds = Figures.medianSeconds(times);
        return List.of(
                SpeedLine.of(
                                TASKS + " tasks, K = " + instances + ", as planned",
                                plan.makespan().toMillis() / 1000.0,
                                "s")
                        .beside("the lower bound", plan.ratio()),
                SpeedLine.of(TASKS + " tasks, K = " + instances + ", run", seconds, "s")
                        .beside("the lower bound", seconds / bound)
                        .atMost(MOST_OF_BOUND));
    }

    /** Each declares one or two of some paths, and one in four depends on an earlier one. */
    static List<Task> tasks() {
        Random random = new Random(SEED);
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            Task.Builder task = Task.builder("t" + i).effort(EACH).declare("part-" + random.nextInt(PATHS) + ".txt");
            if (random.nextBoolean()) {
                task.declare("part-" + random.nextInt(PATHS) + ".txt");
            }
            if (i > 0 && random.nextInt(4) == 0) {
                task.dependsOn("t" + random.nextInt(i));
            }
            tasks.add(task.build());
        }
        return tasks;
    }

    private static Duration run(int instances) {
        try (ScratchFolder scratch = ScratchFolder.create("espalier-benchmark-")) {
            UserGit git = SampleProject.create(scratch.path().resolve("project"));
            Coordinator coordinator = Coordinator.builder()
                    .repository(git.directory())
                    .target(SampleProject.TARGET)
                    .launcher(InstanceLauncher.command("sh", "-c", AGENT, "agent", "{task}"))
                    .ceiling(instances)
                    .maxInstances(instances)
                    .resources(ResourceMonitor.unlimited())
                    .build();
            long start = System.nanoTime();
            RunReport report = coordinator.run(tasks());
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            if (!report.success()) {
                throw new IllegalStateException("not all landed: " + report.tasks());
            }
            return time;
        }
    }

    private static List<SpeedLine> throughput(int rounds) {
        Comparison two = new Comparison(
                new Batch(EQUAL_TASKS, EQUAL), 2, OptionalDouble.empty(), new ArrayList<>(), new ArrayList<>());
        Comparison three = new Comparison(
                new Batch(EQUAL_TASKS, EQUAL), 3, OptionalDouble.empty(), new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            two.round(round);
            three.round(round);
        }
        return List.of(throughput(two, TWO), throughput(three, THREE));
    }

    private static SpeedLine throughput(Comparison comparison, double least) {
        return SpeedLine.of(
                        EQUAL_TASKS + " equal tasks of " + EQUAL.toSeconds() + " s, K = " + comparison.instances(),
                        Figures.medianSeconds(comparison.several()),
                        "s")
                .beside("the throughput with one", 1 / comparison.ratio())
                .atLeast(least);
    }
}
