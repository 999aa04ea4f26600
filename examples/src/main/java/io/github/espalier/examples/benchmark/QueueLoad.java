package io.github.espalier.examples.benchmark;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.TaskReport;
import io.github.espalier.coordinator.Verification;
import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.resources.ResourceMonitor;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Branches to land that do not conflict, some of which are red, and a verification that takes its time.
 *
 * @param branches how many
 * @param red how many of them are red; they are spread evenly
 * @param verification how long a verification takes
 */
record QueueLoad(int branches, int red, Duration verification) {
    private static final int FILES = 100;

    /**
     * What one landing of all branches came to.
     *
     * @param time from start to report
     * @param verifications how many trees were verified
     * @param moves how often the target moved
     * @param redTip whether its tip ever was a tree that had not been found green
     */
    record Trial(Duration time, int verifications, int moves, boolean redTip) {}

    /** No queue may need more verifications: one for each branch, and for each red one a bisection and a repetition. */
    int bound() {
        int logarithm = 32 - Integer.numberOfLeadingZeros(branches - 1);
        return branches + red * logarithm + red;
    }

    /** Which branches are red. */
    Set<Integer> redOnes() {
        return IntStream.range(0, red)
                .mapToObj(i -> 1 + (2 * i + 1) * branches / (2 * red))
                .collect(Collectors.toSet());
    }

    /** Lands them all in a fresh repository. */
    Trial run(int slots, int batch) {
        try (ScratchFolder scratch = ScratchFolder.create("espalier-benchmark-")) {
            UserGit git = GeneratedProject.create(
                    scratch.path().resolve("project"), FILES, branches, number -> Map.of(file(number), "done\n"));
            git.run("reset", "--quiet", "--hard");
            git.run("branch", SampleProject.TARGET);
            String start = git.run("rev-parse", SampleProject.TARGET + "^{tree}");
            Set<String> green = ConcurrentHashMap.newKeySet();
            AtomicInteger verifications = new AtomicInteger();
            Coordinator coordinator = Coordinator.builder()
                    .repository(git.directory())
                    .target(SampleProject.TARGET)
                    .launcher(InstanceLauncher.command("true"))
                    .landingBatch(batch)
                    .maxVerifications(slots)
                    .verify(request -> {
                        verifications.incrementAndGet();
                        return verify(request, green);
                    })
                    // What is measured is the queue, not what else this machine is doing.
                    .resources(ResourceMonitor.unlimited())
                    .build();
            long began = System.nanoTime();
            RunReport report = coordinator.land(IntStream.rangeClosed(1, branches)
                    .mapToObj(GeneratedProject::branch)
                    .toList());
            Duration time = Duration.ofNanos(System.nanoTime() - began);
            check(report);
            List<String> tips = git.run("log", "-g", "--format=%T", SampleProject.TARGET)
                    .lines()
                    .filter(tree -> !tree.equals(start))
                    .toList();
            String tip = git.run("rev-parse", SampleProject.TARGET + "^{tree}");
            if (tip.equals(start) ? !tips.isEmpty() : !tips.contains(tip)) {
                throw new IllegalStateException("the target's reflog does not tell how it came to its tip: " + tips);
            }
            return new Trial(time, verifications.get(), tips.size(), !green.containsAll(tips));
        }
    }

    private Verification.Verdict verify(Verification.Request request, Set<String> green) {
        try {
            Thread.sleep(verification.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Verification.Verdict(false, "interrupted");
        }
        boolean passes = redOnes().stream()
                .noneMatch(number -> Files.exists(request.directory().resolve(file(number))));
        if (passes) {
            green.add(request.tree());
        }
        return new Verification.Verdict(passes, passes ? "" : "it is red");
    }

    /** What is green must have landed, and nothing else. */
    private void check(RunReport report) {
        Set<String> reds = redOnes().stream().map(GeneratedProject::branch).collect(Collectors.toSet());
        for (TaskReport task : report.tasks()) {
            boolean expected = reds.contains(task.id())
                    ? task.outcome() instanceof TaskOutcome.VerificationFailed
                    : task.outcome() instanceof TaskOutcome.Landed;
            if (!expected) {
                throw new IllegalStateException("landed otherwise than it should: " + task);
            }
        }
    }

    private static String file(int number) {
        return GeneratedProject.branch(number) + ".txt";
    }
}
