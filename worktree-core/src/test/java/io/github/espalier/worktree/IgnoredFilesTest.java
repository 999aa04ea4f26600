package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoredFilesTest {
    @TempDir
    Path folder;

    private TestRepository repository;
    private WorktreeManager worktrees;
    private Worktree worktree;
    private IgnoredFiles ignored;

    @BeforeEach
    void makeWorktree() {
        repository = TestRepository.create(folder.resolve("project"));
        repository.write(".gitignore", ".env\nmodules\n*.local\n").commit("ignore");
        repository
                .write(".env", "secret")
                .write("a/ž ý.local", "l")
                .write("modules/m", "m")
                .write("untracked", "u");
        worktrees = WorktreeManager.of(repository.open());
        worktree = worktrees.add(new WorktreeRequest(folder.resolve("wt"), "feature/a", repository.head()));
        ignored = IgnoredFiles.of(repository.open());
    }

    @AfterEach
    void closeManager() {
        worktrees.close();
    }

    private Path in(String path) {
        return worktree.directory().resolve(path);
    }

    @Test
    void copiesWhatIsNamedAndIgnoredAndKeepsWhatIsThere() throws IOException {
        repository.write(".worktreeinclude", "*.local\nuntracked\n");
        Files.writeString(in(".env"), "own");

        ignored.copyInto(worktree, List.of(".env", "README.md"));

        assertThat(in("a/ž ý.local")).hasContent("l");
        assertThat(in(".env")).hasContent("own");
        assertThat(in("untracked")).doesNotExist();
        assertThat(in("modules")).doesNotExist();
        assertThat(TestRepository.at(worktree.directory()).git("status", "--porcelain"))
                .isEmpty();
    }

    @Test
    void writesThroughNoLink() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createSymbolicLink(in("a"), outside);

        assertThatThrownBy(() -> ignored.copyInto(worktree, List.of("*.local")))
                .isInstanceOf(IgnoredFilesException.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void linksOnceAndAgain() throws IOException {
        ignored.linkInto(worktree, List.of("modules"));
        ignored.linkInto(worktree, List.of("modules"));

        assertThat(in("modules/m")).hasContent("m");
        worktrees.remove(worktree, Removal.keepingBranch());
        worktrees.close();
        assertThat(repository.read("modules/m")).isEqualTo("m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..", "../x", "/etc/passwd", ".git/config", "", "missing", "README.md", "untracked", "a\0b"})
    void linksNothingElse(String path) {
        assertThatThrownBy(() -> ignored.linkInto(worktree, List.of(path))).isInstanceOf(IgnoredFilesException.class);
        assertThat(in("untracked")).doesNotExist();
    }
}
