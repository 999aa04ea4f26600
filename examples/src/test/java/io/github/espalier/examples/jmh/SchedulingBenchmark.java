package io.github.espalier.examples.jmh;

import io.github.espalier.separator.Plan;
import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Schedule;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskSeparator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Separating a batch and planning it for 64 agents, in a heap of 300 MB: tasks with five paths each, of four times as many paths
 * as there are tasks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx300m", "-XX:+UseSerialGC"})
public class SchedulingBenchmark {
    private static final int AGENTS = 64;
    private static final int PATHS_EACH = 5;
    private static final int PATHS_A_TASK = 4;

    /** How many tasks. */
    @Param({"1000", "10000"})
    public int size;

    private List<Task> tasks = List.of();
    private Separation separation = TaskSeparator.of(ProjectTree.empty()).separate(List.of());

    /** Makes the batch. */
    @Setup
    public void makeTasks() {
        Random random = new Random(size);
        tasks = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Task.Builder task = Task.builder("t" + i).effort(Duration.ofMinutes(5 + random.nextInt(56)));
            for (int path = 0; path < PATHS_EACH; path++) {
                int number = random.nextInt(PATHS_A_TASK * size);
                task.declare("module" + number % 20 + "/src/main/java/org/example/part" + number % 300 + "/File"
                        + number + ".java");
            }
            tasks.add(task.build());
        }
        separation = separate();
    }

    /** Both. */
    @Benchmark
    public Plan separateAndPlan() {
        return Schedule.of(separate()).plan(AGENTS);
    }

    /** The first half. */
    @Benchmark
    public Separation separate() {
        return TaskSeparator.of(ProjectTree.empty()).separate(tasks);
    }

    /** The second half. */
    @Benchmark
    public Plan plan() {
        return Schedule.of(separation).plan(AGENTS);
    }
}
