package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalObjectsTest {
    @TempDir
    Path folder;

    private TestRepository main;
    private String first;
    private String second;

    @BeforeEach
    void makeCommits() throws IOException {
        main = TestRepository.init(folder.resolve("main"));
        first = main.write("a.txt", "a\n").write("docs/b.txt", "b\n").commit("first");
        main.write("docs/b.txt", "changed\n").write("ü/c.txt", "c\n");
        Files.createSymbolicLink(main.directory().resolve("link"), Path.of("a.txt"));
        Files.delete(main.directory().resolve("a.txt"));
        second = main.commit("second");
    }

    @Test
    void readsCommitsLooseAndPacked() {
        for (int i = 0; i < 2; i++) {
            assertThat(LocalObjects.commit(main.open(), second))
                    .hasValue(new Revisions.Commit(second, main.resolve("HEAD^{tree}")));
            assertThat(LocalObjects.isParent(main.open(), first, second)).isTrue();
            assertThat(LocalObjects.isParent(main.open(), second, first)).isFalse();
            main.git("gc", "--quiet");
        }
    }

    @Test
    void tellsWhatGitTellsOfTwoTrees() {
        List<String> byGit = Stream.of(main.git(
                                "-c",
                                "core.quotePath=false",
                                "diff-tree",
                                "-r",
                                "--no-renames",
                                "--raw",
                                "--no-abbrev",
                                first,
                                second)
                        .split("\n", -1))
                .map(line -> line.split("[ \t]", 6))
                .map(field -> field[1] + " " + field[3] + " " + field[5])
                .toList();

        assertThat(LocalObjects.changes(main.open(), first, second).orElseThrow().stream()
                        .map(change -> change.mode() + " " + change.id() + " "
                                + new String(
                                        change.rawPath().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                                        java.nio.charset.StandardCharsets.UTF_8)))
                .hasSize(4)
                .containsExactlyInAnyOrderElementsOf(byGit);
    }

    @Test
    void tellsWhichCommitsAnotherComesFrom() {
        String missing = "1".repeat(40);
        main.git("checkout", "-q", "-b", "side", first);
        String side = main.commit("side");

        assertThat(LocalObjects.reached(main.open(), second, List.of(side, first, missing, second)))
                .containsExactlyInAnyOrder(first, second);
        assertThat(LocalObjects.reached(main.open(), missing, List.of(first, missing)))
                .isEmpty();
    }

    @Test
    void saysNothingOfWhatIsNotThere() {
        String missing = "1".repeat(40);

        assertThat(LocalObjects.commit(main.open(), missing)).isEmpty();
        assertThat(LocalObjects.commit(main.open(), "main")).isEmpty();
        assertThat(LocalObjects.commit(main.open(), main.resolve("HEAD^{tree}")))
                .isEmpty();
        assertThat(LocalObjects.changes(main.open(), first, missing)).isEqualTo(Optional.empty());
        assertThat(LocalObjects.isParent(main.open(), missing, second)).isFalse();
    }

    @Test
    void saysNothingInARepositoryOfAnotherFormat() {
        TestRepository other = TestRepository.init(folder.resolve("sha256"), "--object-format=sha256");
        String commit = other.write("a.txt", "a\n").commit("first");

        assertThat(LocalObjects.commit(other.open(), commit)).isEmpty();
    }
}
