package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.RepositoryLockedException;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryLockTest {
    @TempDir
    Path folder;

    private GitRepository repository;

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder.resolve("project")).open();
    }

    private RepositoryLock impatient() {
        return new RepositoryLock(repository, Duration.ofMillis(50));
    }

    @Test
    void namesTheProcessThatHoldsIt() throws Exception {
        Process other = otherProcess();
        try {
            assertThatThrownBy(() -> impatient().holding(() -> "never"))
                    .isInstanceOfSatisfying(
                            RepositoryLockedException.class,
                            locked -> assertThat(locked.owner()).contains("process " + other.pid()));
        } finally {
            other.destroyForcibly();
        }
        assertThat(new RepositoryLock(repository).holding(() -> "held")).isEqualTo("held");
    }

    @Test
    void waitsUntilTheOtherProcessIsDone() throws Exception {
        Process other = otherProcess();
        CompletableFuture<String> waiting =
                CompletableFuture.supplyAsync(() -> new RepositoryLock(repository).holding(() -> "held"));

        assertThat(waiting).isNotDone();
        other.getOutputStream().close();

        assertThat(waiting.join()).isEqualTo("held");
    }

    @Test
    void tellsOfAnotherThreadThatHoldsIt() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Boolean> other =
                CompletableFuture.supplyAsync(() -> new RepositoryLock(repository).holding(() -> {
                    held.countDown();
                    return awaited(release);
                }));
        held.await();

        assertThatThrownBy(() -> impatient().holding(() -> "never"))
                .isInstanceOf(RepositoryLockedException.class)
                .hasMessageContaining("thread of this process");
        release.countDown();
        assertThat(other.join()).isTrue();
    }

    @Test
    void mayBeTakenAgainByWhoHoldsIt() {
        RepositoryLock lock = new RepositoryLock(repository);

        assertThat(lock.<String>holding(() -> impatient().holding(() -> "twice")))
                .isEqualTo("twice");
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private Process otherProcess() throws IOException {
        Path file = repository.stateDirectory().resolve("worktrees.lock");
        Files.createDirectories(file.getParent());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        "target/test-classes",
                        Holder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.getInputStream().read()).isEqualTo('!');
        return process;
    }

    /** Another process, which holds the lock until its standard input ends. */
    static final class Holder {
        private Holder() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) throws IOException {
            try (FileChannel channel = FileChannel.open(
                            Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                String owner = "process " + ProcessHandle.current().pid() + " since now";
                channel.write(StandardCharsets.UTF_8.encode(owner), 0);
                System.out.print("!");
                System.out.flush();
                assert lock.isValid();
                System.in.readAllBytes();
            }
        }
    }
}
