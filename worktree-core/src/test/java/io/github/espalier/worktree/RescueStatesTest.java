package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever state an agent leaves its worktree in, after the rescue the worktree and all garbage can go. */
class RescueStatesTest {
    private static final String REF = "refs/espalier/rescue/run/task/1";

    @TempDir
    Path folder;

    private TestRepository main;
    private GitRepository repository;
    private WorktreeManager manager;
    private Worktree worktree;
    private TestRepository work;
    private final List<String> precious = new ArrayList<>();

    @BeforeEach
    void makeWorktree() {
        main = TestRepository.init(folder.resolve("main"));
        main.write("a.txt", "one\n").write("dir/b.txt", "two\n").commit("first");
        repository = main.open();
        manager = WorktreeManager.of(repository);
        worktree = manager.add(new WorktreeRequest(folder.resolve("wt"), "feature/x", main.head()));
        work = TestRepository.at(worktree.directory());
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** Something committed, staged, changed and untracked, each of its own content. */
    private void workOn() {
        precious.add(work.write("committed", "committed\n").commit("work"));
        work.write("staged", "staged\n").git("add", "staged");
        precious.add(work.git("rev-parse", ":staged"));
        edit();
    }

    private void edit() {
        work.write("staged", "changed after it was staged\n")
                .write("dir/b.txt", "changed\n")
                .write("new/untracked", "untracked\n");
        for (String file : List.of("staged", "dir/b.txt", "new/untracked")) {
            precious.add(hash(work.directory().resolve(file)));
        }
    }

    private String hash(Path file) {
        return main.git("hash-object", "--no-filters", file.toString());
    }

    private void conflicting(String... command) {
        assertThatThrownBy(() -> work.git(command)).isInstanceOf(AssertionError.class);
    }

    private RescueOutcome.Saved save() {
        return (RescueOutcome.Saved) Rescue.of(repository).save(new RescueRequest(worktree, REF, "m", false));
    }

    /** Rescues, removes the worktree, collects all garbage, and looks for everything again. */
    private void keepsEverything() {
        RescueOutcome.Saved saved = save();
        assertThat(saved.leftOut()).isEmpty();
        assertThat(save()).isEqualTo(saved);
        manager.remove(worktree, Removal.keepingBranch().afterRescue());
        isAllReachable();
    }

    private void isAllReachable() {
        main.git("reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all");
        main.git("gc", "-q", "--prune=now");
        assertThat(main.git("rev-list", "--objects", "--all")).contains(precious);
    }

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
        keepsEverything();
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

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path done, IOException e) throws IOException {
                Files.delete(done);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
