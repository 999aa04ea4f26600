package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What every merger must make of modes, links, folders and submodules. */
abstract class MergerEntriesContract extends MergerFixture {
    @Test
    void seesAFileWhereTheOtherSideHasAFolder() {
        MergeOutcome outcome = merge(
                ours -> ours.write("thing", "a file\n"), theirs -> theirs.write("thing/inside.txt", "a folder\n"));

        assertThat(((MergeOutcome.Conflicted) outcome).conflicts())
                .anySatisfy(conflict -> assertThat(conflict.kind()).isEqualTo(ConflictKind.DIRECTORY_FILE));
    }

    @Test
    void keepsModesAndLinks() {
        assertMergesAsGit(merge(ours -> executable(ours, "file.txt"), theirs -> link(theirs, "link", "file.txt")));
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
    void seesSuchAModeBesideAnotherConflict() {
        MergeOutcome outcome = merge(
                ours -> {
                    executable(ours, "file.txt");
                    ours.write("other.txt", "ours\n");
                },
                theirs -> {
                    theirs.git("rm", "-q", "file.txt");
                    theirs.write("other.txt", "theirs\n");
                });

        assertThat(((MergeOutcome.Conflicted) outcome).conflicts())
                .extracting(Conflict::path)
                .containsExactly("file.txt", "other.txt");
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

    private static void executable(TestRepository repository, String name) {
        assertThat(repository.directory().resolve(name).toFile().setExecutable(true))
                .isTrue();
    }

    private static void link(TestRepository repository, String name, String target) {
        try {
            Files.createSymbolicLink(repository.directory().resolve(name), Path.of(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void relink(TestRepository repository, String name, String target) {
        try {
            Files.delete(repository.directory().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        link(repository, name, target);
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
