package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refs that go together. */
class RefsDeleteTest {
    private static final String ONE = "refs/espalier/test/one";
    private static final String TWO = "refs/espalier/test/two";

    @TempDir
    Path folder;

    private TestRepository repository;
    private Refs refs;

    @BeforeEach
    void makeRefs() {
        repository = TestRepository.create(folder.resolve("project"));
        refs = Refs.of(repository.open());
        refs.create(ONE, repository.head(), "test");
        refs.create(TWO, repository.head(), "test");
    }

    @Test
    void deletesAll() {
        refs.delete(refs.list("refs/espalier/test/"));

        assertThat(refs.list("refs/espalier/")).isEmpty();
        refs.delete(Map.of());
    }

    @Test
    void deletesNoneIfOneHasMoved() {
        String before = repository.head();
        String after = repository.write("b.txt", "b").commit("b");
        refs.update(TWO, after, before, "test");

        assertThatThrownBy(() -> refs.delete(Map.of(ONE, before, TWO, before))).isInstanceOf(GitCommandException.class);

        assertThat(refs.list("refs/espalier/")).isEqualTo(Map.of(ONE, before, TWO, after));
    }
}
