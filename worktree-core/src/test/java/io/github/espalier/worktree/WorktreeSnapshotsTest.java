package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorktreeSnapshotsTest {
    @TempDir
    Path folder;

    private TestRepository main;
    private WorktreeManager manager;
    private Worktree worktree;
    private TestRepository work;
    private WorktreeSnapshots snapshots;

    @BeforeEach
    void makeWorktree() {
        main = TestRepository.create(folder.resolve("mäin"));
        main.write("a.txt", "a\n")
                .write("b.txt", "b\n")
                .write("dir/c.txt", "c\n")
                .commit("base");
        manager = WorktreeManager.of(main.open());
        worktree = manager.add(new WorktreeRequest(folder.resolve("wt"), "feature/x", main.head()));
        work = TestRepository.at(worktree.directory());
        snapshots = WorktreeSnapshots.of(main.open(), TrustedConfiguration.of(main.open()));
    }

    @AfterEach
    void leavesNothingBehind() throws IOException {
        snapshots.close();
        assertThat(rooms()).isEmpty();
        manager.close();
    }

    private List<Path> rooms() throws IOException {
        List<Path> rooms = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(main.open().stateDirectory(), "snapshots-*")) {
            found.forEach(rooms::add);
        }
        return rooms;
    }

    /** Takes a snapshot, and sees that the worktree's files, index, refs and locks were left alone. */
    private Snapshot take() {
        CheckoutFingerprint before = CheckoutFingerprint.of(work.directory(), "none");
        Snapshot snapshot = snapshots.take(worktree);
        assertThat(CheckoutFingerprint.of(work.directory(), "none")).isEqualTo(before);
        assertThat(worktree.gitDirectory().resolve("index.lock")).doesNotExist();
        assertThat(main.resolve(snapshot.commit() + "^{tree}")).isEqualTo(snapshot.tree());
        return snapshot;
    }

    private List<String> paths(Snapshot snapshot) {
        return main.git("ls-tree", "-r", "--name-only", snapshot.tree()).lines().toList();
    }

    private String show(Snapshot snapshot, String path) {
        return main.git("show", snapshot.tree() + ":" + path);
    }

    @Test
    void isTheHeadOfACleanWorktree() {
        String tree = work.resolve("HEAD^{tree}");

        assertThat(take()).isEqualTo(new Snapshot(work.head(), tree, work.head()));
    }

    @Test
    void holdsWhatIsCommittedStagedChangedNewAndDeleted() throws IOException {
        String head = work.write("committed.txt", "1\n").commit("agent's");
        work.write("staged.txt", "2\n").git("add", "staged.txt");
        work.write("a.txt", "changed\n")
                .write("new dir/new.txt", "3\n")
                .write(".gitignore", "*.log\n")
                .write("x.log", "ignored\n");
        Files.delete(work.directory().resolve("b.txt"));

        Snapshot snapshot = take();

        assertThat(snapshot.head()).isEqualTo(head);
        assertThat(main.resolve(snapshot.commit() + "^")).isEqualTo(head);
        assertThat(paths(snapshot))
                .containsExactly(
                        ".gitignore",
                        "README.md",
                        "a.txt",
                        "committed.txt",
                        "dir/c.txt",
                        "new dir/new.txt",
                        "staged.txt");
        assertThat(show(snapshot, "a.txt")).isEqualTo("changed");
        assertThat(take()).isEqualTo(snapshot);
    }

    @Test
    void followsWhatChangesBetweenTwoOfThem() throws IOException {
        work.write("new.txt", "1\n").write("gone.txt", "g\n");
        Snapshot first = take();
        work.write("new.txt", "22\n");
        Files.delete(work.directory().resolve("gone.txt"));
        work.git("rm", "-q", "-r", "dir");

        Snapshot second = take();

        assertThat(paths(first)).contains("gone.txt", "dir/c.txt");
        assertThat(paths(second)).containsExactly("README.md", "a.txt", "b.txt", "new.txt");
        assertThat(show(second, "new.txt")).isEqualTo("22");
        work.git("reset", "-q", "--hard");
        work.git("clean", "-qfd");
        assertThat(take().commit()).isEqualTo(work.head());
    }

    @Test
    void readsOnlyFilesThatHaveChanged() throws IOException {
        Path counter = folder.resolve("counter");
        main.git("config", "filter.count.clean", "echo x >> '" + counter + "'; cat");
        Files.writeString(main.directory().resolve(".git/info/attributes"), "*.txt filter=count\n");
        snapshots.close();
        snapshots = WorktreeSnapshots.of(main.open(), TrustedConfiguration.of(main.open()));
        for (String path : List.of("a.txt", "b.txt", "dir/c.txt", "1.txt", "2.txt")) {
            work.write(path, path + "\n");
            age(path);
        }
        snapshots.take(worktree);
        assertThat(counter).content().isEqualTo("x\n".repeat(5));

        snapshots.take(worktree);
        assertThat(counter).content().isEqualTo("x\n".repeat(5));

        work.write("2.txt", "two\n");
        age("2.txt");
        Snapshot last = snapshots.take(worktree);
        assertThat(counter).content().isEqualTo("x\n".repeat(6));
        assertThat(show(last, "2.txt")).isEqualTo("two");
    }

    /** A file of the same time as the index has to be read again. */
    private void age(String path) throws IOException {
        Files.setLastModifiedTime(work.directory().resolve(path), FileTime.fromMillis(1_000_000_000_000L));
    }

    @Test
    void seesThroughAMergeWithConflicts() {
        main.write("a.txt", "main's\n").commit("main's");
        work.write("a.txt", "work's\n").commit("work's");
        assertThatThrownBy(() -> work.git("merge", "-q", "main")).isInstanceOf(AssertionError.class);
        assertThat(work.git("ls-files", "-u")).isNotEmpty();

        assertThat(show(take(), "a.txt")).contains("<<<<<<<", "main's", "work's");
    }

    @Test
    void seesThroughARebase() {
        main.write("a.txt", "main's\n").commit("main's");
        work.write("a.txt", "work's\n").commit("work's");
        assertThatThrownBy(() -> work.git("rebase", "-q", "main")).isInstanceOf(AssertionError.class);
        work.write("a.txt", "settled\n").write("left.txt", "l\n");

        Snapshot snapshot = take();

        assertThat(snapshot.head()).isEqualTo(main.head());
        assertThat(paths(snapshot)).contains("left.txt");
        assertThat(show(snapshot, "a.txt")).isEqualTo("settled");
    }

    @Test
    void keepsIgnoredFilesThatAreTrackedAndNoOthers() {
        work.write(".gitignore", "*.env\n").write("new.txt", "n\n").commit("ignore");
        take();
        work.write("x.env", "x\n").git("add", "-f", "x.env");
        work.write("y.env", "y\n").write(".gitignore", "*.env\nnew.txt\n").git("rm", "-q", "--cached", "new.txt");

        assertThat(paths(take())).contains("x.env").doesNotContain("new.txt", "y.env");

        work.git("rm", "-q", "--cached", "x.env");
        assertThat(paths(take())).doesNotContain("x.env");
    }

    @Test
    void followsAFolderThatBecomesALink() throws IOException {
        work.write("d/new.txt", "n\n").write("e/new.txt", "n\n");
        work.git("add", "e");
        take();
        for (String name : List.of("d", "e", "dir")) {
            Files.move(work.directory().resolve(name), folder.resolve(name));
            Files.createSymbolicLink(work.directory().resolve(name), folder.resolve(name));
        }

        assertThat(paths(take())).containsExactly("README.md", "a.txt", "b.txt", "d", "dir", "e");
        assertThat(paths(take())).contains("d", "dir", "e");
    }

    @Test
    void believesNoPromiseThatAFileIsUnchanged() {
        work.git("update-index", "--assume-unchanged", "a.txt");
        work.git("update-index", "--skip-worktree", "b.txt");
        work.write("a.txt", "changed\n").write("b.txt", "changed\n");

        Snapshot snapshot = snapshots.take(worktree);

        assertThat(show(snapshot, "a.txt")).isEqualTo("changed");
        assertThat(show(snapshot, "b.txt")).isEqualTo("changed");
    }

    @Test
    void leavesFilesAsTheyAreThatASparseCheckoutLeavesOut() {
        Snapshot whole = take();
        work.git("sparse-checkout", "set", "--no-cone", "/a.txt");
        assertThat(work.directory().resolve("dir")).doesNotExist();

        assertThat(take()).isEqualTo(whole);
        assertThat(take()).isEqualTo(whole);
    }

    @Test
    void linksToNestedRepositories() {
        TestRepository nested = TestRepository.create(work.directory().resolve("nested"));
        TestRepository.init(work.directory().resolve("empty"));
        work.write("b.txt", "with it\n");

        Snapshot first = take();

        assertThat(main.git("ls-tree", first.tree(), "nested"))
                .isEqualTo("160000 commit " + nested.head() + "\tnested");
        assertThat(paths(first)).doesNotContain("empty");
        assertThat(show(first, "b.txt")).isEqualTo("with it");
        String later = nested.commit("later");
        assertThat(main.git("ls-tree", take().tree(), "nested")).contains(later);
    }

    @Test
    void runsNothingThatAnAgentConfigured() throws IOException {
        Path marker = folder.resolve("ran");
        String program = "touch '" + marker + "'; cat";
        TestRepository nested = TestRepository.create(work.directory().resolve("nested"));
        nested.git("config", "core.fsmonitor", program);
        snapshots.take(worktree);
        main.git("config", "filter.evil.clean", program);
        main.git("config", "core.fsmonitor", program);
        main.git("config", "core.splitIndex", "true");
        work.write(".gitattributes", "* filter=evil\n").write("a.txt", "changed\n");
        nested.write("README.md", "changed\n");

        Snapshot snapshot = snapshots.take(worktree);

        assertThat(show(snapshot, "a.txt")).isEqualTo("changed");
        assertThat(marker).doesNotExist();
        try (DirectoryStream<Path> shared = Files.newDirectoryStream(worktree.gitDirectory(), "sharedindex*")) {
            assertThat(shared).isEmpty();
        }
    }

    @Test
    void triesAgainWhereAFileVanishes() {
        filter("rm -f z.txt; cat");
        work.write("a.txt", "changed\n").write("z.txt", "vanishes\n");

        assertThat(paths(snapshots.take(worktree))).contains("a.txt").doesNotContain("z.txt");
    }

    @Test
    void givesUpWhereFilesNeverStopToVanish() {
        filter("rm -f z*; touch z.$$; cat");
        work.write("a.txt", "changed\n").write("z.txt", "vanishes\n");

        assertThatThrownBy(() -> snapshots.take(worktree))
                .isInstanceOfSatisfying(
                        SnapshotFailedException.class,
                        e -> assertThat(e.worktree()).isEqualTo(worktree.directory()));
    }

    /** Something happens whenever {@code a.txt} is read. */
    private void filter(String command) {
        main.git("config", "filter.x.clean", command);
        work.write(".gitattributes", "a.txt filter=x\n");
        work.commit("attributes");
        snapshots.close();
        snapshots = WorktreeSnapshots.of(main.open(), TrustedConfiguration.of(main.open()));
    }

    @Test
    void startsAnewWhereGarbageCollectionTookItsObjects() {
        work.write("new.txt", "new\n");
        Snapshot first = take();
        main.git("gc", "-q", "--prune=now");
        assertThatThrownBy(() -> main.git("cat-file", "-e", first.tree())).isInstanceOf(AssertionError.class);

        assertThat(take()).isEqualTo(first);
        assertThat(show(first, "new.txt")).isEqualTo("new");
    }

    @Test
    void refusesAWorktreeThatIsGone() throws IOException {
        Path moved = folder.resolve("moved");
        Files.move(worktree.directory(), moved);

        assertThatThrownBy(() -> snapshots.take(worktree))
                .isInstanceOf(SnapshotFailedException.class)
                .hasMessageContaining("gone");
        assertThat(worktree.directory().toFile().exists()).isFalse();
        Files.move(moved, worktree.directory());
    }

    @Test
    void forgets() throws IOException {
        snapshots.forget(worktree);
        Snapshot first = take();
        assertThat(rooms())
                .singleElement()
                .satisfies(room -> assertThat(indexes(room)).hasSize(1));

        snapshots.forget(worktree);

        assertThat(rooms())
                .singleElement()
                .satisfies(room -> assertThat(indexes(room)).isEmpty());
        assertThat(take()).isEqualTo(first);
        snapshots.close();
        assertThatThrownBy(() -> snapshots.take(worktree)).isInstanceOf(IllegalStateException.class);
    }

    private static List<Path> indexes(Path room) throws IOException {
        try (var files = Files.walk(room)) {
            return files.filter(file -> file.endsWith("index") && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    @Test
    void servesSeveralThreads() {
        Worktree other = manager.add(new WorktreeRequest(folder.resolve("other"), "feature/y", main.head()));
        work.write("a.txt", "changed\n");
        List<CompletableFuture<Snapshot>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Worktree one = i % 2 == 0 ? worktree : other;
            all.add(CompletableFuture.supplyAsync(() -> snapshots.take(one)));
        }

        List<Snapshot> taken = all.stream().map(CompletableFuture::join).toList();

        assertThat(taken).allSatisfy(snapshot -> assertThat(taken.subList(0, 2)).contains(snapshot));
    }
}
