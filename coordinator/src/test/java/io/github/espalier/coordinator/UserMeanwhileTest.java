package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.separator.Task;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The user goes on using the repository while a run is at work in it. */
@Timeout(120)
class UserMeanwhileTest extends HostTest {
    private static final int TASKS = 4;
    private static final String CLEAN = "git gc -q --prune=now; git worktree prune --expire now";

    private static List<Task> tasks() {
        return IntStream.range(0, TASKS)
                .mapToObj(n -> task("t" + n, "t" + n + ".txt"))
                .toList();
    }

    @Test
    void losesNoObjectToAUserWhoCollectsGarbageAllTheTime() throws Exception {
        Coordinator coordinator = host.builder("for n in 1 2 3; do echo $n > $ESPALIER_TASK-$n.txt; done")
                .build();
        RunReport report;
        try (Meanwhile user = user(CLEAN)) {
            report = coordinator.run(tasks());
            assertThat(user.rounds()).isPositive();
        }

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.repository()
                        .git("ls-tree", "-r", "--name-only", TARGET)
                        .lines()
                        .filter(path -> path.startsWith("t")))
                .hasSize(3 * TASKS);
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
        assertNothingOfOursIsLeft();
    }

    /** What an agent's own git loses to it is not on the target, and lies in a worktree that is listed. */
    @Test
    void publishesNothingThatLacksAnObjectOfAnAgentsCommit() throws Exception {
        Coordinator coordinator = host.builder("for n in 1 2 3; do"
                        + " echo $n | tee ../$ESPALIER_TASK.written > $ESPALIER_TASK.txt;"
                        + " git add -A && git commit -qm $n || exit 1; done")
                .keepWorktrees(false)
                .build();
        RunReport report;
        try (Meanwhile user = user(CLEAN)) {
            report = coordinator.run(tasks());
            assertThat(user.rounds()).isNotNegative();
        }

        for (TaskReport task : report.tasks()) {
            assertThat(folder.resolve(task.id() + ".written"))
                    .as(task.toString())
                    .hasContent(lastContent(task));
        }
        assertNothingOfOursIsLeft();
    }

    private String lastContent(TaskReport task) throws IOException {
        Path file = host.worktree(task.id()).resolve(task.id() + ".txt");
        if (task.outcome().success()) {
            return host.onTarget(task.id() + ".txt");
        } else if (Files.exists(file)) {
            assertThat(host.repository().git("worktree", "list"))
                    .contains(host.worktree(task.id()).toString());
            return Files.readString(file).strip();
        }
        String kept =
                task.rescue().or(task::commit).orElseThrow(() -> new AssertionError("nothing is left of " + task));
        return host.repository().git("show", kept + ":" + task.id() + ".txt");
    }

    @Test
    void landsBesideAUserWhoCommitsToTheTargetAndFetches() throws Exception {
        Path clone = folder.resolve("clone");
        host.repository().git("clone", "-q", ".", clone.toString());
        Coordinator coordinator = host.builder("echo x > $ESPALIER_TASK.txt; git add -A; git commit -qm x")
                .build();
        Path own = folder.resolve("own");
        host.repository().git("worktree", "add", "-q", own.toString(), TARGET);
        RunReport report;
        try (Meanwhile user = user(
                "git -C ../clone commit -q --allow-empty -m theirs; git fetch -q ../clone;"
                        + " git -C ../own commit -q --allow-empty -m mine && echo >> ../mine; git pack-refs --all; sleep 0.3")) {
            report = coordinator.run(tasks());
            assertThat(user.rounds()).isPositive();
        }

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(TestRepository.at(own).git("status", "--porcelain")).isEmpty();
        assertThat(host.repository().git("log", "--format=%s", TARGET).lines().filter("mine"::equals))
                .hasSameSizeAs(Files.readAllLines(folder.resolve("mine")));
        assertThat(own.resolve("t0.txt")).exists();
    }

    private void assertNothingOfOursIsLeft() {
        assertThat(host.repository().git("rev-list", "--objects", TARGET)).isNotEmpty();
        assertThat(host.repository().git("for-each-ref", "refs/espalier/landing/"))
                .isEmpty();
    }

    private Meanwhile user(String commands) throws IOException {
        return new Meanwhile(host.repository(), commands);
    }

    /** A user who does the same again and again, until closed. */
    private static final class Meanwhile implements AutoCloseable {
        private final Path rounds;
        private final Path stop;
        private final Process process;

        Meanwhile(TestRepository repository, String commands) throws IOException {
            rounds = repository.directory().resolveSibling("rounds");
            stop = repository.directory().resolveSibling("stop");
            Files.createFile(rounds);
            process = new ProcessBuilder(
                            "sh", "-c", "until test -e ../stop; do " + commands + "; echo >> ../rounds; done")
                    .directory(repository.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            repository.directory().resolveSibling("user.log").toFile())
                    .start();
        }

        int rounds() throws IOException {
            return Files.readAllLines(rounds).size();
        }

        @Override
        public void close() throws IOException {
            Files.createFile(stop);
            assertThat(process.onExit().join().exitValue()).isZero();
        }
    }
}
