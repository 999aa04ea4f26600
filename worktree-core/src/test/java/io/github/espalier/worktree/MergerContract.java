package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every merger must do: git's own result, and nothing moved. */
abstract class MergerContract extends MergerAttributesContract {
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
    void seesABinaryConflict() {
        repository.write("image.bin", "a\0b").commit("binary");

        assertThat(only(merge(ours -> ours.write("image.bin", "a\0c"), theirs -> theirs.write("image.bin", "a\0d")))
                        .path())
                .isEqualTo("image.bin");
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

        assertThat(IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(any -> merger.merge(new MergeRequest("ours", "theirs")))
                        .toList())
                .allSatisfy(outcome -> assertThat(outcome).isEqualTo(expected));
    }
}
