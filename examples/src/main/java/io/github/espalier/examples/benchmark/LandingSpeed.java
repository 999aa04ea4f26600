package io.github.espalier.examples.benchmark;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.PoolOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From an agent's exit to its work on the target, and to the next agent at work, beside the three plain commands that land the
 * same commit, with one look at as many files beside both. The next agent's worktree waits in a pool; nothing is verified.
 */
final class LandingSpeed {
    private static final double MOST = 5;
    private static final String TARGET = "landing-target";

    /**
     * Waits until there is a worktree in the pool, until the pool is at rest and all is on the disk, as an agent's minutes
     * would, edits and commits; notes when it began and ended.
     */
    private static final String AGENT = "date +%s%N > \"$2/begin-$1\";"
            + " n=0; until ls \"$3\"/espalier/pool-*/kept > /dev/null 2>&1; do"
            + " sleep 0.05; n=$((n + 1)); test $n -lt 2400 || exit 1; done; sleep 1; sync;"
            + " echo \"by $1\" > \"notes-$1.txt\"; git add \"notes-$1.txt\";"
            + " git -c user.name=Agent -c user.email=agent@espalier.invalid -c commit.gpgsign=false"
            + " -c core.hooksPath=/dev/null commit --quiet -m \"Add notes of $1\" -- \"notes-$1.txt\";"
            + " date +%s%N > \"$2/end-$1\"";

    private final UserGit git;
    private final String base;
    private final Path notes;
    private final List<Duration> plain = new ArrayList<>();
    private final List<Duration> status = new ArrayList<>();
    private final List<Duration> firstLanded = new ArrayList<>();
    private final List<Duration> firstNext = new ArrayList<>();
    private final List<Duration> landed = new ArrayList<>();
    private final List<Duration> next = new ArrayList<>();

    private LandingSpeed(SpeedProject project, Path notes) {
        git = project.git();
        base = project.base();
        this.notes = notes;
    }

    /**
     * The first round warms up and does not count.
     *
     * @param notes a folder for what agents write down
     */
    static List<SpeedLine> measure(SpeedProject project, Path notes, int rounds) throws IOException {
        Files.createDirectories(notes);
        LandingSpeed speed = new LandingSpeed(project, notes);
        for (int round = 0; round <= rounds; round++) {
            speed.round("round-" + round);
        }
        List.of(speed.plain, speed.status, speed.firstLanded, speed.firstNext, speed.landed, speed.next)
                .forEach(times -> times.remove(0));
        String commands = "merge-tree, commit-tree, update-ref";
        return List.of(
                SpeedLine.of(commands, speed.plain, "the same", speed.plain),
                SpeedLine.of("git status, which looks at each file", speed.status, commands, speed.plain),
                SpeedLine.of("first of a run: exit to landed", speed.firstLanded, commands, speed.plain),
                SpeedLine.of(
                        "first of a run: exit to landed and the next agent at work",
                        speed.firstNext,
                        commands,
                        speed.plain),
                SpeedLine.of("exit to landed", speed.landed, commands, speed.plain),
                SpeedLine.of("exit to landed and the next agent at work", speed.next, commands, speed.plain)
                        .atMost(MOST));
    }

    private void round(String name) throws IOException {
        git.run("update-ref", "refs/heads/" + TARGET, base);
        Map<String, Instant> finished = new ConcurrentHashMap<>();
        List<Task> tasks = List.of(task(name + "-1"), task(name + "-2", name + "-1"), task(name + "-3", name + "-2"));
        RunReport report = Coordinator.builder()
                .repository(git.directory())
                .target(TARGET)
                .launcher(InstanceLauncher.command(
                        "sh",
                        "-c",
                        AGENT,
                        "agent",
                        "{task}",
                        notes.toString(),
                        git.directory().resolve(".git").toString()))
                .maxInstances(1)
                .pool(PoolOptions.defaults().withMost(2))
                .resources(ResourceMonitor.unlimited())
                .listener(event -> {
                    if (event instanceof RunEvent.TaskFinished done) {
                        finished.put(done.task(), done.at());
                    }
                })
                .build()
                .run(tasks);
        if (!report.success()) {
            throw new IllegalStateException("not all landed: " + report.tasks());
        }
        note(name + "-1", name + "-2", finished, firstLanded, firstNext);
        note(name + "-2", name + "-3", finished, landed, next);
        byHand(report.task(name + "-1").commit().orElseThrow());
    }

    private static Task task(String id, String... after) {
        Task.Builder task = Task.builder(id).declare("notes-" + id + ".txt");
        List.of(after).forEach(task::dependsOn);
        return task.build();
    }

    private void note(
            String ended, String next, Map<String, Instant> finished, List<Duration> toLanded, List<Duration> toNext) {
        Instant exit = noted("end-" + ended);
        toLanded.add(Duration.between(exit, Objects.requireNonNull(finished.get(ended))));
        toNext.add(Duration.between(exit, noted("begin-" + next)));
    }

    private Instant noted(String name) {
        try {
            return Instant.ofEpochSecond(
                    0, Long.parseLong(Files.readString(notes.resolve(name)).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void byHand(String tip) {
        long start = System.nanoTime();
        String tree = git.run("merge-tree", "--write-tree", base, tip);
        String commit = git.run("commit-tree", tree, "-p", base, "-p", tip, "-m", "Land by hand");
        git.run("update-ref", "refs/heads/by-hand", commit);
        plain.add(Duration.ofNanos(System.nanoTime() - start));
        git.run("update-index", "-q", "--refresh"); // else it reads all that was written in the second of the index
        long before = System.nanoTime();
        git.run("status", "--porcelain");
        status.add(Duration.ofNanos(System.nanoTime() - before));
    }
}
