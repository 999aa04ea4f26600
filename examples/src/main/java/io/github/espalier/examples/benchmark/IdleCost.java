package io.github.espalier.examples.benchmark;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.Run;
import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.separator.Task;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** What a run costs its host while three agents think: processor time, heap in use, threads. */
final class IdleCost {
    private static final int AGENTS = 3;
    /** Longer than the machine takes to compile what a run does over and over. */
    private static final Duration SETTLING = Duration.ofSeconds(90);

    private static final double MOST_PERCENT = 0.2;
    private static final double MOST_MEGABYTES = 64;
    private static final double MEGABYTE = 1 << 20;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private IdleCost() {}

    /**
     * The virtual machine's own cost, without a run, is taken off.
     *
     * @param time how long each is looked at, after it has settled
     */
    static List<SpeedLine> measure(Duration time) throws InterruptedException {
        double without = percent(time).process();
        int before = THREADS.getThreadCount();
        try (ScratchFolder scratch = ScratchFolder.create("espalier-benchmark-")) {
            UserGit git = SampleProject.create(scratch.path().resolve("project"));
            String seconds = String.valueOf(SETTLING.plus(time).multipliedBy(2).toSeconds());
            Coordinator coordinator = Coordinator.builder()
                    .repository(git.directory())
                    .target(SampleProject.TARGET)
                    .launcher(InstanceLauncher.command("sleep", seconds))
                    .maxInstances(AGENTS)
                    .build();
            List<Task> tasks = IntStream.range(0, AGENTS)
                    .mapToObj(
                            i -> Task.builder("t" + i).declare("t" + i + ".txt").build())
                    .toList();
            try (Run run = coordinator.start(tasks)) {
                pause(SETTLING);
                requireRunning(run);
                Share with = percent(time);
                int threads = THREADS.getThreadCount() - before;
                System.gc();
                double heap =
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
                run.cancel();
                run.await();
                return List.of(
                        SpeedLine.of("idle: processor of one core, without a run", without, "%"),
                        SpeedLine.of("idle: processor of one core, by a run", with.process() - without, "%")
                                .atMost(MOST_PERCENT),
                        SpeedLine.of("idle: by the library's own threads", with.library(), "%"),
                        SpeedLine.of("idle: heap in use", heap, "MB").atMost(MOST_MEGABYTES),
                        SpeedLine.of("idle: threads more than before the run", threads, ""));
            }
        }
    }

    /**
     * Percent of one core.
     *
     * @param process by the whole process, its compiler and garbage collector included
     * @param library by the threads that are named after the library
     */
    private record Share(double process, double library) {}

    private static Share percent(Duration time) {
        long processor = processorNanos();
        long library = libraryNanos();
        long start = System.nanoTime();
        pause(time);
        double nanos = (System.nanoTime() - start) / 100.0;
        return new Share((processorNanos() - processor) / nanos, (libraryNanos() - library) / nanos);
    }

    private static long libraryNanos() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(Objects::nonNull) // it has ended
                .filter(thread -> thread.getThreadName().startsWith("espalier"))
                .mapToLong(thread -> Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId())))
                .sum();
    }

    private static void requireRunning(Run run) {
        if (!run.status().stream().allMatch(task -> task.phase().equals("running"))) {
            throw new IllegalStateException("not all agents run: " + run.status());
        }
    }

    private static long processorNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("this machine does not tell processor time"))
                .toNanos();
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
    }
}
