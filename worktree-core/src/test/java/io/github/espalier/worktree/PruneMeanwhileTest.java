package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user prunes worktrees while one is removed: at each look at it, by a filter that was there before. */
class PruneMeanwhileTest {
    @TempDir
    Path folder;

    private TestRepository repository;
    private Worktree worktree;

    @BeforeEach
    void makeWorktree() {
        repository = TestRepository.create(folder.resolve("project"));
        repository.write("a.txt", "a").commit("second");
        try (WorktreeManager worktrees = WorktreeManager.of(repository.open())) {
            worktree = worktrees.add(new WorktreeRequest(folder.resolve("wt"), "feature/a", repository.head()));
        }
        TestRepository.at(worktree.directory())
                .write(".gitattributes", "a.txt filter=prune\n")
                .commit("attributes");
        assertThat(worktree.directory().resolve("a.txt").toFile().setLastModified(1_000_000_000_000L))
                .isTrue();
    }

    private void atEachLook(String command) throws IOException {
        Path script = Files.writeString(
                folder.resolve("look.sh"),
                "cat; echo >> '" + folder + "/looks'; cd '" + repository.directory() + "';"
                        + " env -u GIT_DIR -u GIT_WORK_TREE git worktree prune --expire now; " + command + "\n");
        repository.git("config", "filter.prune.clean", "sh '" + script + "'");
    }

    private void remove() {
        try (WorktreeManager worktrees = WorktreeManager.of(repository.open())) {
            worktrees.remove(worktree, Removal.keepingBranch());
        }
    }

    @Test
    void hindersNoRemoval() throws IOException {
        atEachLook("true");

        remove();

        assertThat(folder.resolve("looks")).content().hasSizeGreaterThan(1);
        assertThat(worktree.directory()).doesNotExist();
        assertThat(worktree.gitDirectory()).doesNotExist();
    }

    @Test
    void leavesAWorktreeRegisteredThatIsPutBack() throws IOException {
        atEachLook("echo late >> '" + worktree.directory() + "/README.md'");

        assertThatThrownBy(this::remove).isInstanceOf(UnsavedWorkException.class);

        assertThat(worktree.directory().resolve("README.md")).content().contains("late");
        assertThat(repository.git("worktree", "list", "--porcelain"))
                .contains(worktree.directory().toString())
                .doesNotContain("locked");
    }

    @Test
    void findsTheMarkOfARemovalThatACrashCutShort() throws IOException {
        Files.writeString(worktree.gitDirectory().resolve("locked"), "espalier is removing it");
        Files.move(worktree.directory(), folder.resolve("aside"));

        try (WorktreeManager worktrees = WorktreeManager.of(repository.open())) {
            worktrees.prune();
        }

        assertThat(worktree.gitDirectory()).doesNotExist();
    }
}
