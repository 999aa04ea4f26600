package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is told of each kind of conflict that git can leave: the three sides, whose commits they come from, and a text. */
class ConflictKindsTest extends MergerFixture {
    private static final String TEXT = "a\nb\nc\nd\n";

    @Override
    Merger merger(GitRepository opened) {
        return Merger.of(opened);
    }

    private List<ConflictDetail> details(Consumer<TestRepository> ours, Consumer<TestRepository> theirs) {
        List<Conflict> conflicts = ((MergeOutcome.Conflicted) merge(ours, theirs)).conflicts();
        return ConflictReader.of(repository.open()).read("ours", "theirs", conflicts);
    }

    private ConflictDetail only(Consumer<TestRepository> ours, Consumer<TestRepository> theirs) {
        List<ConflictDetail> details = details(ours, theirs);
        assertThat(details).hasSize(1);
        return details.get(0);
    }

    /** What a branch has at a path; without a path nothing. */
    private Optional<Side> side(String branch, String path) {
        return Stream.of(path)
                .filter(name -> !name.isEmpty())
                .map(name -> repository.git("ls-tree", branch, name).split("[ \t]", -1))
                .map(entry -> new Side(path, entry[0], entry[2]))
                .findFirst();
    }

    private void assertConflict(
            ConflictDetail detail, ConflictKind kind, String path, String base, String ours, String theirs) {
        assertThat(detail.conflict())
                .isEqualTo(new Conflict(path, kind, side("main", base), side("ours", ours), side("theirs", theirs)));
        assertThat(detail.patch()).startsWith(kind + " conflict in " + path + "\n");
        assertThat(detail.cut()).isFalse();
    }

    /** Both sides' one commit is named, in the list and in the text; there are no lines to be shown. */
    private void assertTells(ConflictDetail detail, String ours, String theirs) {
        String ourCommit = repository.resolve("ours");
        String theirCommit = repository.resolve("theirs");
        assertThat(detail.ourCommits()).containsExactly(ourCommit);
        assertThat(detail.theirCommits()).containsExactly(theirCommit);
        assertThat(detail.patch().lines())
                .contains(
                        "  ours:   " + ours + " by " + ourCommit.substring(0, 12),
                        "  theirs: " + theirs + " by " + theirCommit.substring(0, 12));
        assertThat(detail.hunks()).isEmpty();
    }

    private String id(String revision) {
        return repository.resolve(revision).substring(0, 12);
    }

    @Test
    void tellsLinesThatBothChanged() {
        ConflictDetail detail =
                only(ours -> ours.write("other.txt", "ours\n"), theirs -> theirs.write("other.txt", "theirs\n"));

        assertConflict(detail, ConflictKind.CONTENT, "other.txt", "other.txt", "other.txt", "other.txt");
        assertThat(detail.hunks())
                .containsExactly(new ConflictHunk(
                        new ConflictLines(1, 1, List.of("other"), List.of()),
                        new ConflictLines(1, 1, List.of("ours"), List.of(repository.resolve("ours"))),
                        new ConflictLines(1, 1, List.of("theirs"), List.of(repository.resolve("theirs")))));
        assertThat(detail.patch()).contains("\nours\n||||||| base\nother\n=======\ntheirs\n>>>>>>> theirs ");
    }

    @Test
    void tellsAFileThatBothAdded() {
        ConflictDetail detail =
                only(ours -> ours.write("new.txt", "ours\n"), theirs -> theirs.write("new.txt", "theirs\n"));

        assertConflict(detail, ConflictKind.ADD_ADD, "new.txt", "", "new.txt", "new.txt");
        assertThat(detail.hunks()).singleElement().satisfies(hunk -> {
            assertThat(hunk.ours().commits()).containsExactly(repository.resolve("ours"));
            assertThat(hunk.theirs().commits()).containsExactly(repository.resolve("theirs"));
        });
    }

    @Test
    void tellsAFileThatOneSideDeleted() {
        ConflictDetail detail =
                only(ours -> ours.git("rm", "-q", "other.txt"), theirs -> theirs.write("other.txt", "theirs\n"));

        assertConflict(detail, ConflictKind.MODIFY_DELETE, "other.txt", "other.txt", "", "other.txt");
        assertTells(detail, "deleted", "changed to " + id("theirs:other.txt"));
    }

    @Test
    void tellsAFileThatOneSideRenamedAndTheOtherDeleted() {
        repository.write("x.txt", TEXT).commit("x");

        ConflictDetail detail =
                only(ours -> ours.git("mv", "x.txt", "y.txt"), theirs -> theirs.git("rm", "-q", "x.txt"));

        assertConflict(detail, ConflictKind.RENAME_DELETE, "y.txt", "x.txt", "y.txt", "");
        assertTells(detail, "renamed to y.txt", "deleted");
    }

    @Test
    void tellsAFileThatBothRenamedAtEachOfItsNames() {
        repository.write("x.txt", TEXT).commit("x");

        List<ConflictDetail> details =
                details(ours -> ours.git("mv", "x.txt", "y.txt"), theirs -> theirs.git("mv", "x.txt", "z.txt"));

        assertThat(details).hasSize(3);
        for (ConflictDetail detail : details) {
            assertConflict(detail, ConflictKind.RENAME_RENAME, detail.conflict().path(), "x.txt", "y.txt", "z.txt");
            assertTells(detail, "renamed to y.txt", "renamed to z.txt");
        }
    }

    @Test
    void tellsAFileThatBothAddedWithDifferentModes() {
        ConflictDetail detail = only(ours -> ours.write("run", TEXT), theirs -> {
            theirs.write("run", TEXT);
            assertThat(theirs.directory().resolve("run").toFile().setExecutable(true))
                    .isTrue();
        });

        assertConflict(detail, ConflictKind.MODE, "run", "", "run", "run");
        assertTells(detail, "added run 100644 " + id("ours:run"), "added run 100755 " + id("theirs:run"));
    }

    @Test
    void tellsAFileThatOneSideTurnedIntoALink() {
        ConflictDetail detail = only(ours -> link(ours, "other.txt"), theirs -> theirs.write("other.txt", "theirs\n"));

        assertConflict(detail, ConflictKind.MODE, "other.txt", "other.txt", "other.txt", "other.txt");
        assertTells(
                detail,
                "mode changed to 120000, changed to " + id("ours:other.txt"),
                "changed to " + id("theirs:other.txt"));
    }

    @Test
    void tellsAFileWhereTheOtherSideHasAFolder() {
        ConflictDetail detail =
                only(ours -> ours.write("thing", TEXT), theirs -> theirs.write("thing/inside.txt", "a folder\n"));

        assertConflict(detail, ConflictKind.DIRECTORY_FILE, "thing", "", "thing", "");
        assertTells(detail, "added thing 100644 " + id("ours:thing"), "nothing there");
    }

    @Test
    void tellsASubmoduleThatBothMoved() {
        submodule(repository, "1");
        repository.git("commit", "-q", "-m", "submodule");

        ConflictDetail detail = only(ours -> submodule(ours, "2"), theirs -> submodule(theirs, "3"));

        assertConflict(detail, ConflictKind.SUBMODULE, "sub", "sub", "sub", "sub");
        assertTells(detail, "changed to " + "2".repeat(12), "changed to " + "3".repeat(12));
    }

    @Test
    void tellsABinaryFileThatBothChanged() {
        repository.write("image.bin", "a\0b").commit("binary");

        ConflictDetail detail =
                only(ours -> ours.write("image.bin", "a\0c"), theirs -> theirs.write("image.bin", "a\0d"));

        assertConflict(detail, ConflictKind.BINARY, "image.bin", "image.bin", "image.bin", "image.bin");
        assertTells(detail, "changed to " + id("ours:image.bin"), "changed to " + id("theirs:image.bin"));
    }

    @Test
    void tellsAFileAddedToAFolderThatTheOtherSideRenamed() {
        repository.write("old/a.txt", TEXT).commit("folder");

        ConflictDetail detail =
                only(ours -> ours.git("mv", "old", "new"), theirs -> theirs.write("old/added.txt", "added\n"));

        assertThat(detail.conflict())
                .isEqualTo(new Conflict(
                        "new/added.txt",
                        ConflictKind.OTHER,
                        Optional.empty(),
                        Optional.empty(),
                        side("theirs", "old/added.txt")
                                .map(side -> new Side("new/added.txt", side.mode(), side.blob()))));
        assertThat(detail.patch()).startsWith("other conflict in new/added.txt\n  ours:   nothing there");
        assertThat(detail.theirCommits()).containsExactly(repository.resolve("theirs"));
    }

    @Test
    void tellsAFolderOfWhichNobodyKnowsWhereItWent() {
        repository.write("old/a.txt", TEXT).write("old/b.txt", "1\n2\n3\n4\n").commit("folder");

        ConflictDetail detail = only(
                ours -> {
                    ours.write("one/a.txt", TEXT).write("two/b.txt", "1\n2\n3\n4\n");
                    ours.git("rm", "-q", "-r", "old");
                },
                theirs -> theirs.write("old/added.txt", "added\n"));

        assertConflict(detail, ConflictKind.OTHER, "old", "", "", "");
        assertTells(detail, "nothing there", "nothing there");
    }

    private static void link(TestRepository repository, String name) {
        try {
            Files.delete(repository.directory().resolve(name));
            Files.createSymbolicLink(repository.directory().resolve(name), Path.of("elsewhere"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A commit of a submodule that is not checked out. Its empty folder is what git has there then. */
    private static void submodule(TestRepository repository, String digit) {
        try {
            Files.createDirectories(repository.directory().resolve("sub"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        repository.git("update-index", "--add", "--cacheinfo", "160000," + digit.repeat(40) + ",sub");
    }
}
