package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.COMMIT;
import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lock files of git's in the way of a run. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT) // they wait most of the time
class LocksDuringARunTest extends HostTest {
    private static void create(Path lock) {
        try {
            Files.createDirectories(lock.getParent());
            Files.createFile(lock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A lock that nobody has open is known for stale, and deleted. */
    private RunReport runHolding(Path lock) throws IOException {
        try (FileChannel held = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            assertThat(held.isOpen()).isTrue();
            return host.run(COMMIT, task("a", "a.txt"));
        }
    }

    /** Somebody takes the lock between an agent's end and the publication, and gives it up after a while. */
    private RunReport runWhileTaken(Path lock) {
        CompletableFuture<Boolean> released = new CompletableFuture<>();
        Coordinator coordinator = host.builder(COMMIT)
                .verify(request -> {
                    if (!released.isDone() && !Files.exists(lock)) {
                        create(lock);
                        released.completeAsync(
                                () -> lock.toFile().delete(),
                                CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS));
                    }
                    return new Verification.Verdict(true, "");
                })
                .build();

        RunReport report = coordinator.run(TestHost.twoTasks());

        assertThat(released.join()).as("it was there all the while").isTrue();
        return report;
    }

    @ParameterizedTest
    @ValueSource(strings = {"packed-refs.lock", "refs/heads/" + TARGET + ".lock"})
    void waitsForALockThatIsHeldForAWhile(String name) {
        RunReport report = runWhileTaken(host.git(name));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
    }

    /** Its index is written when the checkout is carried along. */
    @Test
    void waitsForTheIndexOfACheckoutThatHasTheTargetOut() {
        host.repository().git("checkout", "-q", TARGET);

        RunReport report = runWhileTaken(host.git("index.lock"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.repository().git("status", "--porcelain")).isEmpty();
        assertThat(host.repository().head()).isEqualTo(host.repository().resolve(TARGET));
    }

    /** Nothing of a run writes the configuration, so that nobody who holds its lock is in the way. */
    @Test
    void landsBesideALockOfTheConfiguration() throws IOException {
        RunReport report = runHolding(host.git("config.lock"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
    }

    @Test
    void landsBesideALockOfPackedRefsThatIsHeldForEverAndNamesIt() throws IOException {
        Path lock = host.git("packed-refs.lock");

        RunReport report = runHolding(lock);

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.onTarget("a.txt")).isEqualTo("a");
        assertThat(report.task("a").notes()).anySatisfy(note -> assertThat(note).contains(lock.toString()));
        assertThat(lock).exists();
    }

    @Test
    void holdsWorkWhereTheTargetIsLockedForEver() throws IOException {
        Path lock = host.git("refs/heads/" + TARGET + ".lock");
        String before = host.repository().resolve(TARGET);

        TaskReport task = runHolding(lock).task("a");

        assertThat(host.repository().resolve(TARGET)).isEqualTo(before);
        TaskOutcome.Held held = (TaskOutcome.Held) task.outcome();
        assertThat(held.reason()).contains(TARGET + ".lock");
        assertThat(host.repository().git("show", held.ref() + ":a.txt")).isEqualTo("a");
    }

    @Test
    void failsOneTaskWhoseIndexIsLockedForEverAndNamesTheLock() {
        RunReport report = host.builder("if test $ESPALIER_TASK = a; then echo x > a.txt;"
                        + " touch \"$(git rev-parse --git-dir)/index.lock\"; else echo y > b.txt; fi")
                .build()
                .run(TestHost.twoTasks());

        TaskReport locked = report.task("a");
        assertThat(report.task("b").outcome().success()).isTrue();
        assertThat(locked.outcome().describe()).contains("worktrees/project-wta/index.lock");
        assertThat(host.repository().git("show", locked.rescue().orElseThrow() + ":a.txt"))
                .isEqualTo("x");
    }
}
