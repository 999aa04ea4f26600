package io.github.espalier.worktree;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Whatever state an agent leaves its worktree in, after the rescue the worktree and all garbage can go. */
class RescueStatesTest extends AbandonedWorktree {
    @Test
    void anIndexLockLeftBehind() throws IOException {
        workOn();
        Files.createFile(worktree.gitDirectory().resolve("index.lock"));
        Files.createFile(worktree.gitDirectory().resolve("HEAD.lock"));
        keepsEverything();
    }

    @Test
    void aMergeHalfDone() {
        work.git("checkout", "-q", "--detach");
        precious.add(work.write("a.txt", "theirs\n").commit("theirs"));
        work.git("checkout", "-q", "feature/x");
        precious.add(work.write("a.txt", "ours\n").commit("ours"));
        conflicting("merge", "-q", precious.get(0));
        edit();
        keepsEverything();
    }

    @Test
    void aRebaseHalfDone() {
        precious.add(work.write("a.txt", "mine\n").commit("one"));
        precious.add(work.write("later", "later\n").commit("two"));
        main.write("a.txt", "theirs\n").commit("theirs");
        conflicting("rebase", "-q", "main");
        edit();
        keepsEverything();
    }

    @Test
    void aRebaseThatStoppedForAnEdit() {
        precious.add(work.write("x", "mine\n").commit("one"));
        work.git("-c", "sequence.editor=sed -i s/^pick/edit/", "rebase", "-q", "-i", "HEAD~1");
        work.write("x", "amended\n").git("commit", "-q", "-a", "--amend", "-m", "amended");
        precious.add(work.head());
        edit();
        keepsEverything();
    }

    @Test
    void aCherryPickHalfDone() {
        work.git("checkout", "-q", "--detach");
        precious.add(work.write("a.txt", "theirs\n").commit("theirs"));
        precious.add(work.write("a.txt", "theirs again\n").commit("theirs again"));
        work.git("checkout", "-q", "feature/x");
        precious.add(work.write("a.txt", "ours\n").commit("ours"));
        conflicting("cherry-pick", precious.get(0), precious.get(1));
        edit();
        keepsEverything();
    }

    @Test
    void aRevertHalfDone() {
        work.write("a.txt", "second\n").commit("second");
        precious.add(work.write("a.txt", "third\n").commit("third"));
        conflicting("revert", "--no-edit", "HEAD~1");
        edit();
        keepsEverything();
    }

    @Test
    void aDetachedHead() {
        work.git("checkout", "-q", "--detach");
        workOn();
        keepsEverything();
    }

    @Test
    void itsOwnBranchDeleted() {
        precious.add(work.write("committed", "committed\n").commit("work"));
        work.git("checkout", "-q", "--detach", "main");
        work.git("branch", "-q", "-D", "feature/x");
        workOn();
        keepsEverything();
    }

    @Test
    void theRefOfItsBranchDeletedUnderIt() {
        workOn();
        main.git("update-ref", "-d", "refs/heads/feature/x");
        keepsEverything();
    }

    @Test
    void anotherBranchCheckedOut() {
        work.git("checkout", "-q", "-b", "agents-own");
        workOn();
        keepsEverything();
    }

    @Test
    void commitsThatOnlyTheLogOfHeadAndItsOwnRefsKnow() {
        precious.add(work.write("x", "dropped\n").commit("dropped by a reset"));
        work.git("reset", "-q", "--hard", "HEAD~1");
        work.git("checkout", "-q", "--orphan", "unborn");
        work.git("checkout", "-q", "feature/x");
        String hidden = work.git("commit-tree", "-m", "only in a ref of the worktree", "HEAD^{tree}");
        work.git("update-ref", "refs/worktree/hidden", hidden);
        precious.add(hidden);
        workOn();
        keepsEverything();
    }
}
