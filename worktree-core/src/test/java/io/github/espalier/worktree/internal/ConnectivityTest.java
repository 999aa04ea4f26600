package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that are gone are missed, whoever read them before. */
class ConnectivityTest {
    @TempDir
    Path folder;

    private TestRepository project;
    private Path common;
    private String base;
    private String tip;

    @BeforeEach
    void makeHistory() {
        project = TestRepository.create(folder.resolve("project"));
        common = project.open().commonDirectory();
        base = project.head();
        project.git("checkout", "-q", "-b", "side");
        project.write("a/b/one", "one").commit("one");
        project.git("checkout", "-q", "-b", "other", base);
        project.write("a/two", "two").commit("two");
        project.git("merge", "-q", "--no-edit", "side");
        tip = project.write("three", "three").commit("three");
    }

    private boolean isComplete(String... known) throws IOException {
        return Connectivity.isComplete(common, List.of(tip), List.of(known));
    }

    private Path file(String revision) {
        return LooseObject.file(common.resolve("objects"), project.resolve(revision));
    }

    @Test
    void findsWhatGitFinds() {
        Set<String> brought =
                LocalObjects.brought(common, List.of(tip), List.of(base)).orElseThrow();

        assertThat(brought)
                .containsExactlyInAnyOrderElementsOf(
                        project.git("rev-list", "--objects", "--no-object-names", tip, "--not", base)
                                .lines()
                                .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"other:three", "side:a/b/one", "side:a/b", "other^^2", "other^^{tree}", "other:a"})
    void missesAnObjectOfAnyKind(String revision) throws IOException {
        assertThat(isComplete(base)).isTrue();

        Files.delete(file(revision));

        assertThat(isComplete(base)).isFalse();
    }

    @Test
    void missesAnObjectOfAPackThatIsGone() throws IOException {
        String blob = project.resolve("other:three");
        project.git("repack", "-a", "-d", "-q");
        assertThat(isComplete(base)).isTrue();
        assertThat(LocalObjects.commit(project.open(), tip)).isPresent();

        project.git("checkout", "-q", "--detach", base);
        project.git("branch", "-D", "side", "other");
        project.git("reflog", "expire", "--expire=now", "--all");
        project.git("gc", "-q", "--prune=now");

        assertThat(project.git("cat-file", "--batch-all-objects", "--batch-check"))
                .doesNotContain(blob);
        assertThat(isComplete(base)).isFalse();
    }

    @Test
    void doesNotLookAtWhatIsKnown() throws IOException {
        Files.delete(file("side:a/b/one"));

        assertThat(isComplete(project.resolve("other^"))).isTrue();
    }

    @Test
    void passesOverSubmodulesCommits() throws IOException {
        project.git("update-index", "--add", "--cacheinfo", "160000," + "1".repeat(40) + ",sub");
        project.git("commit", "-q", "-m", "sub");
        tip = project.head();

        assertThat(isComplete(base)).isTrue();
    }
}
