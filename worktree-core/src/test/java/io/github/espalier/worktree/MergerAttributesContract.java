package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How every merger must heed {@code .gitattributes}. */
abstract class MergerAttributesContract extends MergerEntriesContract {
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
}
