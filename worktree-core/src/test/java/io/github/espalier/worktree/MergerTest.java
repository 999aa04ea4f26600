package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All engines pass the contract; here is where they differ. */
class MergerTest {
    @Nested
    class ByGit extends GitEngineContract {
        @Override
        Merger merger(GitRepository opened, Set<String> allowedDrivers) {
            return Merger.of(opened, allowedDrivers);
        }
    }

    @Nested
    class BySession extends GitEngineContract {
        @Override
        Merger merger(GitRepository opened, Set<String> allowedDrivers) {
            return closing(MergeSession.open(opened, allowedDrivers));
        }
    }

    @Nested
    class ByJGit extends MergerContract {
        @Override
        Merger merger(GitRepository opened) {
            return Merger.jgit(opened);
        }

        private void assertRefuses(UnsupportedMergeException.Reason reason) {
            assertThatThrownBy(() -> merge(
                            ours -> ours.write("file.txt", "ours\n"), theirs -> theirs.write("file.txt", "theirs\n")))
                    .isInstanceOfSatisfying(
                            UnsupportedMergeException.class,
                            e -> assertThat(e.reason()).isEqualTo(reason));
        }

        @Test
        void refusesSha256(@TempDir Path other) {
            repository = TestRepository.init(other.resolve("sha256"), "--object-format=sha256");
            repository.write("file.txt", "1\n").commit("base");

            assertRefuses(UnsupportedMergeException.Reason.SHA256);
        }

        @Test
        void refusesPartialClones() {
            repository.git("config", "remote.origin.url", "nowhere");
            repository.git("config", "remote.origin.promisor", "true");

            assertRefuses(UnsupportedMergeException.Reason.PARTIAL_CLONE);
        }

        @Test
        void refusesRenormalization() {
            repository.git("config", "merge.renormalize", "true");

            assertRefuses(UnsupportedMergeException.Reason.RENORMALIZE);
        }

        @Test
        void refusesReplacedObjects() {
            repository.git("replace", "main:file.txt", "main:other.txt");

            assertRefuses(UnsupportedMergeException.Reason.REPLACED_OBJECTS);
        }

        @Test
        void refusesPathsThatHaveAMergeDriver() {
            repository.git("config", "merge.some.driver", "false");
            repository.write(".gitattributes", "*.txt merge=some\n").commit("attributes");

            assertRefuses(UnsupportedMergeException.Reason.MERGE_DRIVER);
        }

        @Test
        void refusesSidesWhoseBasesConflict() {
            sides("other.txt", "other.txt");
            assertRefusesToMergeTheSides();
        }

        @Test
        void refusesSidesWithThreeBases() {
            sides("a.txt", "b.txt", "c.txt");
            assertRefusesToMergeTheSides();
        }

        private void assertRefusesToMergeTheSides() {
            Merger jgit = Merger.jgit(repository.open());

            assertThatThrownBy(() -> jgit.merge(new MergeRequest("ours", "theirs")))
                    .isInstanceOfSatisfying(
                            UnsupportedMergeException.class,
                            e -> assertThat(e.reason()).isEqualTo(UnsupportedMergeException.Reason.MERGE_BASES));
        }

        /** Two sides that each merged commits which each wrote one of these paths. */
        private void sides(String... paths) {
            List<String> parents = new ArrayList<>();
            for (String path : paths) {
                repository.git("checkout", "-q", "-B", "base", "main");
                repository.write(path, "base " + parents.size() + "\n").commit("base");
                parents.addAll(List.of("-p", repository.resolve("base")));
            }
            for (String side : List.of("ours", "theirs")) {
                List<String> command = new ArrayList<>(List.of("commit-tree", "main^{tree}", "-m", side));
                command.addAll(parents);
                String merged = repository.git(command.toArray(String[]::new)).strip();
                repository.git("branch", side, merged);
            }
        }

        @Test
        void neverMergesAcrossARenameAsIfThereWereNone() {
            repository.write("x.txt", "a\nb\nc\nd\n").commit("x");

            assertThat(merge(ours -> ours.git("mv", "x.txt", "y.txt"), theirs -> theirs.write("x.txt", "a\nb\nc\nD\n")))
                    .isNotInstanceOf(MergeOutcome.Merged.class);
        }
    }
}
