package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engines that git does the work for must do beyond the contract of all. */
abstract class GitEngineContract extends MergerContract {

    abstract Merger merger(GitRepository opened, Set<String> allowedDrivers);

    @Override
    Merger merger(GitRepository opened) {
        return merger(opened, Set.of());
    }

    @Test
    void followsRenamesOfFilesAndFolders() {
        repository.git("config", "merge.directoryRenames", "true");
        repository
                .write("old/a.txt", "a\nb\nc\nd\n")
                .write("old/b.txt", "1\n2\n3\n4\n")
                .commit("folder");

        MergeOutcome outcome = merge(
                ours -> ours.git("mv", "old", "new"),
                theirs -> theirs.write("old/a.txt", "a\nb\nc\nD\n").write("old/added.txt", "added\n"));

        assertThat(outcome).isEqualTo(new MergeOutcome.Merged(treeOfGit()));
    }

    @Test
    void seesARenameAgainstADeletionAndAgainstAnotherRename() {
        repository.write("x.txt", "a\nb\nc\nd\n").commit("x");

        assertThat(merge(ours -> ours.git("mv", "x.txt", "y.txt"), theirs -> theirs.git("mv", "x.txt", "z.txt")))
                .isInstanceOfSatisfying(
                        MergeOutcome.Conflicted.class,
                        conflicted -> assertThat(conflicted.conflicts())
                                .extracting(Conflict::kind)
                                .contains(ConflictKind.RENAME_RENAME));
        assertThat(merge(ours -> ours.git("mv", "x.txt", "y.txt"), theirs -> theirs.git("rm", "-q", "x.txt")))
                .isInstanceOf(MergeOutcome.Conflicted.class);
    }

    @Test
    void mergesInASha256Repository(@TempDir Path other) {
        repository = TestRepository.init(other.resolve("sha256"), "--object-format=sha256");
        repository.write("file.txt", "1\n").commit("base");

        assertThat(merge(ours -> ours.write("a.txt", "a"), theirs -> theirs.write("b.txt", "b")))
                .isEqualTo(new MergeOutcome.Merged(treeOfGit()));
    }

    @Test
    void runsNoMergeDriverOfTheRepository() {
        Path marker = folder.resolve("ran");
        repository.git("config", "merge.evil.driver", "touch '" + marker + "'; false");
        repository.write(".gitattributes", "*.txt merge=evil\n").commit("attributes");

        assertThat(mergeBothChanged()).isInstanceOf(MergeOutcome.Conflicted.class);
        assertThat(Files.exists(marker)).isFalse();
    }

    private MergeOutcome mergeBothChanged() {
        return merge(ours -> ours.write("file.txt", "ours\n"), theirs -> theirs.write("file.txt", "theirs\n"));
    }

    @Test
    void runsAMergeDriverThatTheHostAllows() {
        repository.git("config", "merge.both.driver", "printf '%%s \\\\ \"%%s\"\\n' one two >%A; cat %B >>%A; exit 0");
        repository.git("config", "merge.other.driver", "exit 0");
        repository
                .write(".gitattributes", "file.txt merge=both\nother.txt merge=other\n")
                .commit("attributes");
        mergeBothChanged();

        MergeOutcome outcome =
                merger(repository.open(), Set.of("both", "not-configured")).merge(new MergeRequest("ours", "theirs"));

        assertThat(outcome).isEqualTo(new MergeOutcome.Merged(treeOfGit()));
    }

    @Test
    void conflictsOverDriversThatAreNotAmongThoseAllowed() {
        repository.git("config", "merge.both.driver", "exit 0");
        repository.git("config", "merge.other.driver", "exit 0");
        repository.write(".gitattributes", "file.txt merge=other\n").commit("attributes");
        mergeBothChanged();

        assertThat(merger(repository.open(), Set.of("both")).merge(new MergeRequest("ours", "theirs")))
                .isInstanceOf(MergeOutcome.Conflicted.class);
    }

    @Test
    void runsAnAllowedDriverAsItWasWhenTheMergerWasMade() {
        Path marker = folder.resolve("ran");
        repository.git("config", "merge.both.driver", "cat %B >%A");
        repository.write(".gitattributes", "file.txt merge=both\n").commit("attributes");
        mergeBothChanged();
        Merger merger = merger(repository.open(), Set.of("both", "late"));
        repository.git("config", "merge.both.driver", "touch '" + marker + "'; false");
        repository.git("config", "merge.late.driver", "touch '" + marker + "'; false");

        assertThat(merger.merge(new MergeRequest("ours", "theirs")))
                .isEqualTo(new MergeOutcome.Merged(repository.resolve("theirs^{tree}")));
        repository.git("checkout", "-q", "ours");
        repository.write(".gitattributes", "file.txt merge=late\n").commit("another driver");
        assertThat(merger.merge(new MergeRequest("ours", "theirs"))).isInstanceOf(MergeOutcome.Conflicted.class);
        assertThat(marker).doesNotExist();
    }

    @Test
    void letsJGitMergeWhatGitDiesOf() throws Exception {
        makeWhatGitDiesOf();

        assertThat(merger(repository.open()).merge(new MergeRequest("ours", "theirs")))
                .isEqualTo(Merger.jgit(repository.open()).merge(new MergeRequest("ours", "theirs")))
                .isInstanceOf(MergeOutcome.Conflicted.class);
        assertThat(merger(repository.open()).merge(new MergeRequest("ours", "main")))
                .isInstanceOf(MergeOutcome.UpToDate.class);
    }

    @Test
    void saysThatGitDiedWhereJGitCannotHelp(@TempDir Path other) throws Exception {
        repository = TestRepository.init(other.resolve("sha256"), "--object-format=sha256");
        repository.commit("first");
        makeWhatGitDiesOf();

        assertThatThrownBy(() -> merger(repository.open()).merge(new MergeRequest("ours", "theirs")))
                .isInstanceOfSatisfying(GitDiedException.class, died -> {
                    assertThat(died.exitCode()).isGreaterThan(128);
                    assertThat(died.getSuppressed()[0]).isInstanceOf(UnsupportedMergeException.class);
                });
    }

    /** Renames of folders that trip an assertion of merge-ort: found at random, in git 2.39.5. */
    private void makeWhatGitDiesOf() throws Exception {
        repository.git("config", "merge.directoryRenames", "true");
        side("main", "main", Map.of("b/f", 0, "c/h", 1, "a/x/g", 2, "c/g", 3));
        side("ours", "main", Map.of("b/f", 0, "a/h", 1, "a/x/g", 2, "b/y/g", 3));
        side("theirs", "main", Map.of("b/f", 0, "c/x/g", 2, "c/g", 3));
        Process git = new ProcessBuilder("git", "merge-tree", "--write-tree", "ours", "theirs")
                .directory(repository.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assumeTrue(git.waitFor() > 128, "this git survives the merge");
    }

    private void side(String branch, String from, Map<String, Integer> files) {
        repository.git("checkout", "-q", "-B", branch, from);
        repository.git("rm", "-q", "-r", "--ignore-unmatch", ".");
        Consumer<Map.Entry<String, Integer>> write = file -> repository.write(
                file.getKey(), "%1$d-0\n%1$d-1\n%1$d-2\n%1$d-3\n%1$d-4\n%1$d-5\n".formatted(file.getValue()));
        files.entrySet().forEach(write);
        repository.commit(branch);
    }
}
