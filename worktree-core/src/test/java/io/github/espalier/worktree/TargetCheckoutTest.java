package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The target moves under files of every shape: the checkout follows, or nothing changes. */
class TargetCheckoutTest extends TargetCheckoutFixture {
    @Test
    void holdsWhereAnIgnoredFileLiesInADirectoryThatBecomesAFile() {
        repository.write(".gitignore", "*.env\n").commit("ignore");
        target(() -> {
            repository.git("rm", "-q", "-r", "dir");
            repository.write("dir", "a file\n");
        });
        repository.write("dir/secret.env", "mine\n");

        assertThat(assertHeld().paths()).containsExactly("dir");
    }

    @Test
    void followsWhereADirectoryBecomesAFileAndBack() {
        target(() -> {
            repository.git("rm", "-q", "-r", "dir");
            repository.write("dir", "a file\n");
        });

        assertAdvances();

        assertThat(repository.read("dir")).isEqualTo("a file\n");
    }

    @Test
    void holdsWhereANestedRepositoryWouldBecomeAFile() {
        TestRepository nested = TestRepository.create(repository.directory().resolve("nested"));
        repository.git("add", "nested");
        repository.commit("link");
        from = repository.head();
        repository.git("update-index", "--cacheinfo", "100644," + repository.resolve("HEAD:a.txt") + ",nested");
        to = repository.git("commit-tree", "-m", "file", "-p", "HEAD", repository.git("write-tree"));
        repository.git("reset", "-q");

        assertThat(assertHeld().paths()).containsExactly("nested");
        assertThat(nested.read("README.md")).isEqualTo("# Test\n");
    }

    @Test
    void leavesASubmodulesOwnFilesAlone() {
        TestRepository nested = TestRepository.create(repository.directory().resolve("nested"));
        repository.git("config", "submodule.recurse", "true");
        repository.git("add", "nested");
        repository.commit("link");
        from = repository.head();
        String first = nested.head();
        String second = nested.write("more.txt", "m").commit("more");
        repository.git("add", "nested");
        to = repository.git("commit-tree", "-m", "newer", "-p", "HEAD", repository.git("write-tree"));
        repository.git("reset", "-q");
        nested.git("checkout", "-q", "--detach", first);

        assertAdvances();

        assertThat(nested.head()).isEqualTo(first);
        assertThat(repository.git("ls-files", "-s", "nested")).contains(second);
    }

    @Test
    void takesBackWhatWasDoneBeforeAFilterFailed() {
        target(() -> {
            repository.write("a.txt", "new\n").write("new/added.txt", "n\n").write("z.txt", "new\n");
            repository.write(".gitattributes", "z.txt filter=x\n").git("rm", "-q", "dir/file.txt");
        });
        repository.git("config", "filter.x.required", "true");
        repository.git("config", "filter.x.smudge", "false");
        repository.write("kept.txt", "edited\n");

        assertThat(assertHeld().reason()).contains("filter");
        assertThat(repository.git("status", "--porcelain")).isEqualTo(" M kept.txt");
        repository.git("config", "filter.x.smudge", "cat");
        assertAdvances();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--assume-unchanged", "--skip-worktree"})
    void holdsWhereAnEditIsHiddenFromGit(String bit) {
        targetChangesA();
        repository.git("update-index", bit, "a.txt");
        repository.write("a.txt", "mine\n");

        assertHeld();
    }

    @Test
    void keepsAnEditOfAnotherFileThatIsHiddenFromGit() {
        targetChangesA();
        repository.git("update-index", "--skip-worktree", "kept.txt");
        repository.write("kept.txt", "mine\n");

        assertAdvances();

        assertThat(repository.read("kept.txt")).isEqualTo("mine\n");
        assertThat(repository.git("ls-files", "-v", "kept.txt")).startsWith("S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--cone", "--no-cone"})
    void keepsASparseCheckoutSparse(String mode) {
        target(() -> repository
                .write("dir/file.txt", "new\n")
                .write("dir/more.txt", "m\n")
                .write("a.txt", "new\n"));
        repository.git("sparse-checkout", "set", mode, mode.equals("--cone") ? "nothing" : "/*.txt");
        assertThat(repository.directory().resolve("dir")).doesNotExist();

        assertAdvances();

        assertThat(repository.read("a.txt")).isEqualTo("new\n");
        assertThat(repository.directory().resolve("dir")).doesNotExist();
        assertThat(repository.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void holdsWhereTheIndexIsUnmerged() {
        targetChangesA();
        repository.write("kept.txt", "stashed\n").git("stash", "-q");
        String base = repository.head();
        repository.write("kept.txt", "other\n").commit("other");
        assertThatThrownBy(() -> repository.git("stash", "pop")).isInstanceOf(AssertionError.class);
        repository.git("update-ref", "refs/heads/main", base);

        assertHeld();
    }

    @Test
    void holdsWhereALinkTookTheDirectorysPlace() throws IOException {
        target(() -> repository.write("dir/file.txt", "new\n").write("dir/added.txt", "n\n"));
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(repository.directory().resolve("dir"), elsewhere);
        Files.createSymbolicLink(repository.directory().resolve("dir"), elsewhere);

        assertHeld();
        assertThat(elsewhere.resolve("added.txt")).doesNotExist();
        assertThat(elsewhere.resolve("file.txt")).hasContent("d");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void holdsWhereAFileThatGoesWasReplacedByAStagedFolder(boolean stillThere) throws IOException {
        target(() -> repository.git("rm", "-q", "a.txt"));
        Files.delete(repository.directory().resolve("a.txt"));
        repository.write("a.txt/staged", "the user's\n").git("add", "-A");
        if (!stillThere) {
            Files.delete(repository.directory().resolve("a.txt/staged"));
        }

        assertThat(assertHeld(main(), repository.directory()).paths()).containsExactly("a.txt");

        assertThat(repository.git("show", ":a.txt/staged")).isEqualTo("the user's");
    }
}
