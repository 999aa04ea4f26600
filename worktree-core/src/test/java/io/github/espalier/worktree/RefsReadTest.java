package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ref is read as git reads it, wherever it lies. */
class RefsReadTest {
    @TempDir
    Path folder;

    private TestRepository repository;
    private Refs refs;

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder.resolve("project"));
        refs = Refs.of(repository.open());
    }

    @Test
    void isReadLooseAndPackedAndPackedAndMovedSince() {
        String first = repository.head();
        repository.git("branch", "b");
        repository.git("branch", "bb/b");
        assertThat(refs.read("refs/heads/b")).contains(first);

        repository.git("pack-refs", "--all");
        assertThat(refs.read("refs/heads/b")).contains(first);
        assertThat(refs.read("refs/heads/bb/b")).contains(first);
        assertThat(refs.read("refs/heads/x")).isEmpty();
        assertThat(refs.read("refs/heads/bb")).isEmpty();

        String second = repository.write("a", "a").commit("second");
        assertThat(refs.read("refs/heads/main")).contains(second);
        repository.git("branch", "-D", "b");
        assertThat(refs.read("refs/heads/b")).isEmpty();
    }

    @Test
    void isFollowedWhereItIsSymbolic() throws IOException {
        repository.git("symbolic-ref", "refs/heads/alias", "refs/heads/main");
        assertThat(refs.read("refs/heads/alias")).contains(repository.head());

        Files.createSymbolicLink(
                repository.directory().resolve(".git/refs/heads/link"),
                repository.directory().resolve(".git/refs/heads/main"));
        assertThat(refs.read("refs/heads/link")).contains(repository.head());
    }

    @Test
    void isNoneWhereTheFileIsBroken() throws IOException {
        Files.writeString(repository.directory().resolve(".git/refs/heads/broken"), "nonsense\n");
        Files.writeString(repository.directory().resolve(".git/refs/heads/empty"), "");

        assertThat(refs.read("refs/heads/broken")).isEmpty();
        assertThat(refs.read("refs/heads/empty")).isEmpty();
    }
}
