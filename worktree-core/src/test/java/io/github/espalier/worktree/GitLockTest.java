package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lock files of git's: waited for, named when they stay, and never deleted. */
@Execution(ExecutionMode.CONCURRENT) // they wait most of the time
class GitLockTest {
    @TempDir
    Path folder;

    private TestRepository repository;

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder.resolve("project"));
        repository.write("a", "a").commit("second");
    }

    private WorktreeRequest request() {
        return new WorktreeRequest(folder.resolve("wt"), "feature/a", repository.head());
    }

    @Test
    void isNamedWhereItKeepsARefFromBeingDeleted() throws IOException {
        repository.git("update-ref", "refs/espalier/x", "HEAD");
        Path lock = Files.createFile(repository.directory().resolve(".git/packed-refs.lock"));

        assertThatThrownBy(() -> Refs.of(repository.open()).delete("refs/espalier/x", repository.head()))
                .isInstanceOfSatisfying(
                        GitLockedException.class,
                        locked -> assertThat(locked.lockFile()).isEqualTo(lock));

        assertThat(lock).exists();
        assertThat(repository.resolve("refs/espalier/x")).isEqualTo(repository.head());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void isNamedWithItsOwnerWhereSomebodyHasItOpen() throws Exception {
        repository.git("update-ref", "refs/espalier/x", "HEAD");
        Path lock = Files.createFile(repository.directory().resolve(".git/packed-refs.lock"));
        Process holder =
                new ProcessBuilder("sleep", "600").redirectOutput(lock.toFile()).start();
        try {
            assertThatThrownBy(() -> Refs.of(repository.open()).delete("refs/espalier/x", repository.head()))
                    .isInstanceOfSatisfying(
                            GitLockedException.class,
                            locked -> assertThat(locked.owner()).contains("process " + holder.pid() + " (sleep 600)"))
                    .hasMessageContaining("held by process " + holder.pid());
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.lock", "HEAD.lock"})
    void isNamedWhereItKeepsALeftoverFromBeingAdopted(String name) throws IOException {
        try (WorktreeManager worktrees = WorktreeManager.of(repository.open())) {
            Worktree left = worktrees.add(request());
            repository.write("a", "later").commit("later");
            Path lock = Files.createFile(left.gitDirectory().resolve(name));

            assertThatThrownBy(() -> worktrees.add(request())).isInstanceOf(WorktreeException.class);

            assertThat(lock).exists();
            Files.delete(lock);
            assertThat(TestRepository.at(left.directory()).read("a")).isIn("a", "later");
        }
    }

    @Test
    void keepsABranchFromBeingMadeAndNothingIsLeft() throws IOException {
        try (WorktreeManager worktrees = WorktreeManager.of(repository.open())) {
            Path lock = Files.createDirectories(repository.directory().resolve(".git/refs/heads/feature"))
                    .resolve("a.lock");
            Files.createFile(lock);

            assertThatThrownBy(() -> worktrees.add(request()))
                    .isInstanceOfSatisfying(
                            GitLockedException.class,
                            locked -> assertThat(locked.lockFile()).isEqualTo(lock));

            assertThat(lock).exists();
            assertThat(folder.resolve("wt")).doesNotExist();
            assertThat(repository.git("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.lock", "HEAD.lock", "index.lock", "packed-refs.lock"})
    void ofTheMainCheckoutKeepsNoWorktreeFromBeingAdded(String name) throws IOException {
        try (WorktreeManager worktrees = WorktreeManager.of(repository.open())) {
            Path lock = Files.createFile(repository.directory().resolve(".git").resolve(name));

            assertThat(worktrees.add(request()).directory().resolve("a")).exists();

            assertThat(lock).exists();
        }
    }

    @Test
    void isWaitedFor() throws Exception {
        try (WorktreeManager worktrees = WorktreeManager.of(repository.open())) {
            worktrees.add(request());
            worktrees.remove(worktrees.add(request()), Removal.keepingBranch());
            Path lock = Files.createFile(repository.directory().resolve(".git/refs/heads/feature/a.lock"));
            CompletableFuture<Boolean> released = CompletableFuture.supplyAsync(
                    () -> lock.toFile().delete(), CompletableFuture.delayedExecutor(2500, TimeUnit.MILLISECONDS));

            assertThat(worktrees.add(request()).directory()).isDirectory();

            assertThat(released.get()).isTrue();
        }
    }
}
