package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every merger must do: git's own result, and nothing moved. */
abstract class MergerContract {
    private static final String TEN_LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

    @TempDir
    Path folder;

    TestRepository repository;

    private final List<AutoCloseable> open = new ArrayList<>();

    abstract Merger merger(GitRepository opened);

    @AfterEach
    void closeMergers() throws Exception {
        for (AutoCloseable merger : open) {
            merger.close();
        }
    }

    /** Closes what a merger holds after the test. */
    <T extends AutoCloseable> T closing(T merger) {
        open.add(merger);
        return merger;
    }

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.init(folder.resolve("project"));
        repository.write("file.txt", TEN_LINES).write("other.txt", "other\n").commit("base");
    }

    /** Makes both sides from the present commit, and merges them. */
    MergeOutcome merge(Consumer<TestRepository> ours, Consumer<TestRepository> theirs) {
        repository.git("checkout", "-q", "-B", "ours", "main");
        ours.accept(repository);
        repository.commit("ours");
        repository.git("checkout", "-q", "-B", "theirs", "main");
        theirs.accept(repository);
        repository.commit("theirs");
        repository.git("checkout", "-q", "main");
        return merger(repository.open())
                .merge(new MergeRequest(repository.resolve("ours"), repository.resolve("theirs")));
    }

    /** The tree that {@code git merge} itself makes of both sides, in a checkout of its own. */
    String treeOfGit() {
        Path checkout = folder.resolve("by-git");
        repository.git("worktree", "add", "-q", "--detach", checkout.toString(), "ours");
        try {
            TestRepository.at(checkout).git("merge", "-q", "--no-edit", "theirs");
            return TestRepository.at(checkout).resolve("HEAD^{tree}");
        } finally {
            repository.git("worktree", "remove", "--force", checkout.toString());
        }
    }

    private void assertMergesAsGit(MergeOutcome outcome) {
        assertThat(outcome).isEqualTo(new MergeOutcome.Merged(treeOfGit()));
    }

    private static Conflict only(MergeOutcome outcome) {
        List<Conflict> conflicts = ((MergeOutcome.Conflicted) outcome).conflicts();
        assertThat(conflicts).hasSize(1);
        return conflicts.get(0);
    }

    @Test
    void mergesChangesToDifferentFilesAndToDifferentLines() {
        assertMergesAsGit(merge(
                ours -> ours.write("file.txt", TEN_LINES.replace("2\n", "two\n"))
                        .write("a.txt", "a"),
                theirs -> theirs.write("file.txt", TEN_LINES.replace("9\n", "nine\n"))
                        .write("b/c.txt", "c")));
    }

    @Test
    void movesNothing() {
        merge(ours -> ours.write("a.txt", "a"), theirs -> theirs.write("b.txt", "b"));
        CheckoutFingerprint before = CheckoutFingerprint.of(repository.directory());

        merger(repository.open()).merge(new MergeRequest("ours", "theirs"));

        assertThat(CheckoutFingerprint.of(repository.directory())).isEqualTo(before);
    }

    @Test
    void seesWhereThereIsNothingToMerge() {
        merge(ours -> ours.write("a.txt", "a"), theirs -> theirs.write("b.txt", "b"));
        String ours = repository.resolve("ours");

        assertThat(merger(repository.open()).merge(new MergeRequest(ours, repository.resolve("main"))))
                .isEqualTo(new MergeOutcome.UpToDate(repository.resolve("ours^{tree}")));
        assertThat(merger(repository.open()).merge(new MergeRequest(ours, ours)))
                .isInstanceOf(MergeOutcome.UpToDate.class);
    }

    @Test
    void takesTheOtherSideWhereItIsAhead() {
        merge(ours -> ours.write("a.txt", "a"), theirs -> theirs.write("b.txt", "b"));

        assertThat(merger(repository.open())
                        .merge(new MergeRequest(repository.resolve("main"), repository.resolve("theirs"))))
                .isEqualTo(new MergeOutcome.Merged(repository.resolve("theirs^{tree}")));
    }

    @Test
    void namesTheSidesOfAConflictInContent() {
        Conflict conflict = only(merge(
                ours -> ours.write("file.txt", TEN_LINES.replace("5\n", "our five\n")),
                theirs -> theirs.write("file.txt", TEN_LINES.replace("5\n", "their five\n"))));

        assertThat(conflict.path()).isEqualTo("file.txt");
        assertThat(conflict.kind()).isEqualTo(ConflictKind.CONTENT);
        assertThat(conflict.base().orElseThrow().blob()).isEqualTo(repository.resolve("main:file.txt"));
        assertThat(conflict.ours().orElseThrow().blob()).isEqualTo(repository.resolve("ours:file.txt"));
        assertThat(conflict.theirs().orElseThrow().blob()).isEqualTo(repository.resolve("theirs:file.txt"));
        assertThat(conflict.ours().orElseThrow().mode()).isEqualTo("100644");
    }

    @Test
    void seesAFileThatOneSideChangesAndTheOtherDeletes() {
        Conflict conflict =
                only(merge(ours -> ours.write("file.txt", "changed\n"), theirs -> theirs.git("rm", "-q", "file.txt")));

        assertThat(conflict.kind()).isEqualTo(ConflictKind.MODIFY_DELETE);
        assertThat(conflict.theirs()).isEmpty();
    }

    @Test
    void seesAFileThatBothAdd() {
        Conflict conflict =
                only(merge(ours -> ours.write("new.txt", "ours\n"), theirs -> theirs.write("new.txt", "theirs\n")));

        assertThat(conflict.kind()).isEqualTo(ConflictKind.ADD_ADD);
        assertThat(conflict.base()).isEmpty();
    }

    @Test
    void seesAFileWhereTheOtherSideHasAFolder() {
        MergeOutcome outcome = merge(
                ours -> ours.write("thing", "a file\n"), theirs -> theirs.write("thing/inside.txt", "a folder\n"));

        assertThat(((MergeOutcome.Conflicted) outcome).conflicts())
                .anySatisfy(conflict -> assertThat(conflict.kind()).isEqualTo(ConflictKind.DIRECTORY_FILE));
    }

    @Test
    void seesABinaryConflict() {
        repository.write("image.bin", "a\0b").commit("binary");

        assertThat(only(merge(ours -> ours.write("image.bin", "a\0c"), theirs -> theirs.write("image.bin", "a\0d")))
                        .path())
                .isEqualTo("image.bin");
    }

    @Test
    void keepsModesAndLinks() {
        assertMergesAsGit(merge(ours -> executable(ours, "file.txt"), theirs -> link(theirs, "link", "file.txt")));
    }

    private static void executable(TestRepository repository, String name) {
        assertThat(repository.directory().resolve(name).toFile().setExecutable(true))
                .isTrue();
    }

    private static void link(TestRepository repository, String name, String target) {
        try {
            Files.createSymbolicLink(repository.directory().resolve(name), Path.of(target));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void heedsTheUnionDriverOfGitattributes() {
        repository
                .write(".gitattributes", "*.log merge=union\n")
                .write("a.log", "start\n")
                .commit("attributes");

        assertMergesAsGit(merge(
                ours -> ours.write("a.log", "start\nours\n"), theirs -> theirs.write("a.log", "start\ntheirs\n")));
    }

    @Test
    void mergesFilesWithCarriageReturns() {
        repository.write("dos.txt", TEN_LINES.replace("\n", "\r\n")).commit("dos");

        assertMergesAsGit(merge(
                ours -> ours.write("dos.txt", TEN_LINES.replace("1\n", "one\n").replace("\n", "\r\n")),
                theirs -> theirs.write(
                        "dos.txt", TEN_LINES.replace("9\n", "nine\n").replace("\n", "\r\n"))));
    }

    @Test
    void mergesACrissCross() {
        repository.git("checkout", "-q", "-B", "a", "main");
        repository.write("file.txt", TEN_LINES.replace("1\n", "one\n")).commit("a1");
        repository.git("checkout", "-q", "-B", "b", "main");
        repository.write("file.txt", TEN_LINES.replace("9\n", "nine\n")).commit("b1");
        String a1 = repository.resolve("a");
        repository.git("merge", "-q", "--no-edit", "a");
        repository.git("checkout", "-q", "a");
        repository.git("merge", "-q", "--no-edit", "b~1");
        repository.git("checkout", "-q", "-B", "ours", "a");
        repository.write("ours.txt", "o").commit("ours");
        repository.git("checkout", "-q", "-B", "theirs", "b");
        repository.write("theirs.txt", "t").commit("theirs");
        repository.git("checkout", "-q", "main");
        assertThat(repository.git("merge-base", "--all", "ours", "theirs").lines())
                .contains(a1);

        assertMergesAsGit(merger(repository.open()).merge(new MergeRequest("ours", "theirs")));
    }

    @Test
    void spellsPathsAsTheyAre() {
        String path = "dir with space/\"quoted\"\ttab\nline-žluťoučký.txt";
        repository.write(path, "base\n").commit("odd name");

        assertThat(only(merge(ours -> ours.write(path, "ours\n"), theirs -> theirs.write(path, "theirs\n")))
                        .path())
                .isEqualTo(path);
    }

    @Test
    void doesNotMindTheUsersConfiguration() {
        for (String[] setting : new String[][] {
            {"merge.conflictStyle", "zdiff3"}, {"core.quotePath", "true"}, {"color.ui", "always"}, {"merge.ff", "only"},
            {"merge.verbosity", "5"}, {"core.pager", "false"}, {"merge.stat", "true"}, {"commit.gpgSign", "true"}
        }) {
            repository.git("config", setting[0], setting[1]);
        }
        repository.git("config", "commit.gpgSign", "false");

        Conflict conflict = only(merge(
                ours -> ours.write("file.txt", TEN_LINES.replace("5\n", "ours\n")),
                theirs -> theirs.write("file.txt", TEN_LINES.replace("5\n", "theirs\n"))));

        assertThat(conflict.kind()).isEqualTo(ConflictKind.CONTENT);
    }

    @Test
    void refusesARevisionThatIsNotThere() {
        assertThatThrownBy(() -> merger(repository.open()).merge(new MergeRequest("main", "no-such-branch")))
                .isInstanceOfSatisfying(
                        UnknownRevisionException.class,
                        e -> assertThat(e.getMessage()).contains("no-such-branch"));
        assertThatThrownBy(() -> new MergeRequest("main", "--upload-pack=x")).isInstanceOf(WorktreeException.class);
    }

    @Test
    void refusesHistoriesWithoutACommonCommit() {
        repository.git("checkout", "-q", "--orphan", "island");
        repository.commit("island");
        repository.git("checkout", "-q", "main");

        assertThatThrownBy(() -> merger(repository.open()).merge(new MergeRequest("main", "island")))
                .isInstanceOf(UnrelatedHistoriesException.class);
    }

    @Test
    void mergesInABareRepository() {
        merge(ours -> ours.write("a.txt", "a"), theirs -> theirs.write("b.txt", "b"));
        String expected = treeOfGit();
        repository.git("clone", "-q", "--bare", ".", "../bare.git");

        assertThat(merger(GitRepository.open(folder.resolve("bare.git"))).merge(new MergeRequest("ours", "theirs")))
                .isEqualTo(new MergeOutcome.Merged(expected));
    }

    @Test
    void keepsAModeThatOneSideChangesInAFileThatTheOtherEdits() {
        assertMergesAsGit(merge(
                ours -> ours.write("file.txt", TEN_LINES.replace("2\n", "two\n")),
                theirs -> executable(theirs, "file.txt")));
        assertThat(repository.git("ls-tree", treeOfGit(), "file.txt")).startsWith("100755");
    }

    @Test
    void seesAModeThatOneSideChangesInAFileThatTheOtherDeletes() {
        assertThat(only(merge(ours -> executable(ours, "file.txt"), theirs -> theirs.git("rm", "-q", "file.txt")))
                        .kind())
                .isEqualTo(ConflictKind.MODIFY_DELETE);
    }

    @Test
    void seesALinkThatBothTurn() {
        link(repository, "link", "file.txt");
        repository.commit("link");

        Conflict conflict =
                only(merge(ours -> relink(ours, "link", "other.txt"), theirs -> relink(theirs, "link", "nowhere.txt")));

        assertThat(conflict.path()).isEqualTo("link");
        assertThat(conflict.ours().orElseThrow().mode()).isEqualTo("120000");
    }

    @Test
    void seesAFileThatBecomesALinkAndIsEdited() {
        MergeOutcome outcome = merge(
                ours -> relink(ours, "file.txt", "other.txt"),
                theirs -> theirs.write("file.txt", TEN_LINES.replace("2\n", "two\n")));

        assertThat(((MergeOutcome.Conflicted) outcome).conflicts())
                .isNotEmpty()
                .allSatisfy(conflict -> assertThat(conflict.path()).isEqualTo("file.txt"));
    }

    private static void relink(TestRepository repository, String name, String target) {
        try {
            Files.delete(repository.directory().resolve(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        link(repository, name, target);
    }

    @Test
    void takesASubmoduleThatOneSideMoves() {
        submodule(repository, "1");
        repository.git("commit", "-q", "-m", "submodule");

        assertMergesAsGit(merge(ours -> ours.write("a.txt", "a"), theirs -> submodule(theirs, "2")));
    }

    @Test
    void seesASubmoduleThatBothMove() {
        submodule(repository, "1");
        repository.git("commit", "-q", "-m", "submodule");

        Conflict conflict = only(merge(ours -> submodule(ours, "2"), theirs -> submodule(theirs, "3")));

        assertThat(conflict.kind()).isEqualTo(ConflictKind.SUBMODULE);
        assertThat(conflict.theirs().orElseThrow().blob()).isEqualTo("3".repeat(40));
    }

    /** A commit of a submodule that is not checked out. Its empty folder is what git has there then. */
    private static void submodule(TestRepository repository, String digit) {
        try {
            Files.createDirectories(repository.directory().resolve("sub"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        repository.git("update-index", "--add", "--cacheinfo", "160000," + digit.repeat(40) + ",sub");
    }

    @Test
    void mergesNoLinesOfWhatGitattributesCallsBinary() {
        repository
                .write(".gitattributes", "*.dat binary\n")
                .write("a.dat", TEN_LINES)
                .commit("attributes");

        Conflict conflict = only(merge(
                ours -> ours.write("a.dat", TEN_LINES.replace("1\n", "one\n")),
                theirs -> theirs.write("a.dat", TEN_LINES.replace("9\n", "nine\n"))));

        assertThat(conflict.path()).isEqualTo("a.dat");
    }

    @Test
    void heedsTheAttributesOfOurSideAndNotOfTheirsOrOfTheCheckout() {
        repository.write("a.log", "start\n").commit("log");

        assertMergesAsGit(merge(
                ours -> ours.write(".gitattributes", "*.log merge=union\n").write("a.log", "start\nours\n"),
                theirs -> theirs.write("a.log", "start\ntheirs\n")));
        assertThat(merger(repository.open()).merge(new MergeRequest("theirs", "ours")))
                .isInstanceOf(MergeOutcome.Conflicted.class);
    }

    @Test
    void heedsAttributesInFoldersFromOneMergeToTheNext() {
        repository.write("deep/er/a.log", "start\n").commit("log");
        merge(
                ours -> ours.write("deep/er/a.log", "start\nours\n"),
                theirs -> theirs.write("deep/er/a.log", "start\ntheirs\n"));
        Merger merger = merger(repository.open());
        assertThat(merger.merge(new MergeRequest("ours", "theirs"))).isInstanceOf(MergeOutcome.Conflicted.class);
        repository.git("checkout", "-q", "ours");
        repository.write("deep/.gitattributes", "*.log merge=union\n").commit("attributes");
        repository.git("checkout", "-q", "main");

        assertThat(merger.merge(new MergeRequest("ours", "theirs"))).isEqualTo(new MergeOutcome.Merged(treeOfGit()));
        assertThat(merger.merge(new MergeRequest("ours~1", "theirs"))).isInstanceOf(MergeOutcome.Conflicted.class);
        repository.git("checkout", "-q", "ours");
        repository.git("rm", "-q", "deep/.gitattributes");
        repository.commit("no attributes");
        assertThat(merger.merge(new MergeRequest("ours", "theirs"))).isInstanceOf(MergeOutcome.Conflicted.class);
    }

    @Test
    void givesTheSameConflictsInEveryConflictStyle() {
        for (String style : List.of("merge", "diff3", "zdiff3")) {
            repository.git("config", "merge.conflictStyle", style);

            assertThat(only(merge(
                                    ours -> ours.write("file.txt", TEN_LINES.replace("5\n", style + " ours\n")),
                                    theirs -> theirs.write("file.txt", TEN_LINES.replace("5\n", style + " theirs\n"))))
                            .kind())
                    .isEqualTo(ConflictKind.CONTENT);
        }
    }

    @Test
    void isSafeForSeveralThreads() {
        merge(ours -> ours.write("a.txt", "a"), theirs -> theirs.write("b.txt", "b"));
        MergeOutcome expected = new MergeOutcome.Merged(treeOfGit());
        Merger merger = merger(repository.open());

        assertThat(java.util.stream.IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(any -> merger.merge(new MergeRequest("ours", "theirs")))
                        .toList())
                .allSatisfy(outcome -> assertThat(outcome).isEqualTo(expected));
    }
}
