package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both engines pass the contract; here is where they differ. */
class MergerTest {
    @Nested
    class ByGit extends MergerContract {
        @Override
        Merger merger(GitRepository opened) {
            return Merger.of(opened);
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
        void runsNoMergeDriverOfTheRepository() throws IOException {
            Path marker = folder.resolve("ran");
            repository.git("config", "merge.evil.driver", "touch '" + marker + "'; false");
            repository.write(".gitattributes", "*.txt merge=evil\n").commit("attributes");

            merge(ours -> ours.write("file.txt", "ours\n"), theirs -> theirs.write("file.txt", "theirs\n"));

            assertThat(Files.exists(marker)).isFalse();
        }
    }

    @Nested
    class ByJGit extends MergerContract {
        @Override
        Merger merger(GitRepository opened) {
            return Merger.jgit(opened);
        }

        @Test
        void refusesByNameWhatItCannot(@TempDir Path other) {
            repository = TestRepository.init(other.resolve("sha256"), "--object-format=sha256");
            repository.write("file.txt", "1\n").commit("base");

            assertThatThrownBy(() -> merge(ours -> ours.write("a.txt", "a"), theirs -> theirs.write("b.txt", "b")))
                    .isInstanceOfSatisfying(
                            UnsupportedMergeException.class,
                            e -> assertThat(e.reason()).isEqualTo(UnsupportedMergeException.Reason.SHA256));
        }

        @Test
        void neverMergesAcrossARenameAsIfThereWereNone() {
            repository.write("x.txt", "a\nb\nc\nd\n").commit("x");

            assertThat(merge(ours -> ours.git("mv", "x.txt", "y.txt"), theirs -> theirs.write("x.txt", "a\nb\nc\nD\n")))
                    .isNotInstanceOf(MergeOutcome.Merged.class);
        }
    }
}
