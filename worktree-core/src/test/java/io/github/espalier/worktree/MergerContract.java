package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every merger must do: git's own result, and nothing moved. */
abstract class MergerContract {
    private static final String TEN_LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

    @TempDir
    Path folder;

    TestRepository repository;

    abstract Merger merger(GitRepository opened);

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
        assertMergesAsGit(merge(
                ours -> assertThat(ours.directory().resolve("file.txt").toFile().setExecutable(true))
                        .isTrue(),
                theirs -> link(theirs, "link", "file.txt")));
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
}
