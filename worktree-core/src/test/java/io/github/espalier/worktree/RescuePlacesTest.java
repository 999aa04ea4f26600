package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Wherever an agent has put its worktree or parts of it. */
class RescuePlacesTest extends AbandonedWorktree {
    @Test
    void theGitFileDeleted() throws IOException {
        workOn();
        Files.delete(worktree.directory().resolve(".git"));
        keepsEverything();
    }

    @Test
    void itsRegistrationDeleted() throws IOException {
        precious.add(work.write("committed", "committed\n").commit("work"));
        edit();
        delete(worktree.gitDirectory());
        assertThat(save().leftOut()).isEmpty();
        delete(worktree.directory());
        isAllReachable();
    }

    @Test
    void itsHeadDamaged() throws IOException {
        String hidden = work.git("commit-tree", "-m", "only in a ref of the worktree", "HEAD^{tree}");
        work.git("update-ref", "refs/worktree/hidden", hidden);
        precious.add(hidden);
        workOn();
        Files.writeString(worktree.gitDirectory().resolve("HEAD"), "");
        RescueOutcome.Saved saved = save();
        assertThat(save()).isEqualTo(saved);
        delete(worktree.gitDirectory());
        isAllReachable();
    }

    /** Git sees no file there, neither tracked nor untracked. */
    @Test
    void inTheFolderOfASubmoduleThatIsNotThere() {
        work.git("update-index", "--add", "--cacheinfo", "160000," + "1".repeat(40) + ",sub");
        work.git("commit", "-q", "-m", "submodule");
        work.write("sub/deep/notes.txt", "written in a submodule's folder\n");
        try (WorktreeManager worktrees = WorktreeManager.of(main.open())) {
            assertThatThrownBy(() -> worktrees.remove(worktree, Removal.keepingBranch()))
                    .isInstanceOf(UnsavedWorkException.class)
                    .hasMessageContaining("sub, the folder of a submodule");
        }

        RescueOutcome.Saved saved = save();

        assertThat(saved.leftOut()).isEmpty();
        assertThat(main.git("show", saved.commit() + ":sub/deep/notes.txt"))
                .isEqualTo("written in a submodule's folder");
    }

    @Test
    void movedByGit() {
        workOn();
        Path away = folder.resolve("far").resolve("away");
        assertThat(folder.resolve("far").toFile().mkdir()).isTrue();
        main.git("worktree", "move", worktree.directory().toString(), away.toString());
        keepsEverything();
    }

    @Test
    void movedWithoutGit() throws IOException {
        workOn();
        Files.move(worktree.directory(), folder.resolve("beside"));
        keepsEverything();
    }

    @Test
    void movedAndLinkedTo() throws IOException {
        workOn();
        Path far = Files.createDirectories(folder.resolve("far/away")).resolve("wt");
        Files.move(worktree.directory(), far);
        Files.createSymbolicLink(worktree.directory(), far);
        keepsEverything();
    }

    @Test
    void movedWithSomethingElseInItsPlace() throws IOException {
        workOn();
        Files.move(worktree.directory(), folder.resolve("beside"));
        work.write("other", "not in the rescue");
        assertThat(save().leftOut())
                .singleElement()
                .asString()
                .contains(worktree.directory().toString(), "beside");
        isAllReachable();
    }

    @Test
    void goneWithWhatWasStagedAndCommittedOffItsBranch() throws IOException {
        work.git("checkout", "-q", "--detach");
        precious.add(work.write("committed", "committed\n").commit("work"));
        work.write("staged", "staged\n").git("add", "staged");
        precious.add(work.git("rev-parse", ":staged"));
        delete(worktree.directory());

        RescueOutcome.Saved saved = save();

        assertThat(saved.leftOut())
                .singleElement()
                .asString()
                .contains("gone", ".git file", worktree.gitDirectory().toString());
        delete(worktree.gitDirectory());
        isAllReachable();
    }

    @Test
    void goneWithNothingThatIsKnownOf() throws IOException {
        delete(worktree.directory());
        assertThatThrownBy(this::save)
                .isInstanceOf(RescueFailedException.class)
                .hasMessageContaining(worktree.directory().toString())
                .hasMessageContaining(worktree.gitDirectory().toString());
        assertThat(Refs.of(repository).list("refs/espalier/rescue/")).isEmpty();
    }
}
