package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        List<TreeDifference> byGit = TreeDifference.byGit(Git.of(main.open()), first, second);

        assertThat(LocalObjects.differences(main.open(), first, second).orElseThrow())
                .hasSize(4)
                .containsExactlyInAnyOrderElementsOf(byGit);
        assertThat(byGit).extracting(TreeDifference::path).contains("a.txt");
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
        assertThat(LocalObjects.differences(main.open(), first, missing)).isEqualTo(Optional.empty());
        assertThat(LocalObjects.isParent(main.open(), missing, second)).isFalse();
    }

    @Test
    void leavesALargeRepositoryToGit() throws IOException {
        main.git("gc", "--quiet");
        assertThat(LocalObjects.commit(main.open(), second)).isPresent();

        Path pack = main.directory().resolve(".git/objects/pack");
        try (RandomAccessFile index =
                new RandomAccessFile(pack.resolve("pack-large.idx").toFile(), "rw")) {
            index.setLength(9 << 20);
        }

        assertThat(LocalObjects.commit(main.open(), second)).isEmpty();
        assertThat(TreeDifference.between(main.open(), first, second)).hasSize(4);
    }

    @Test
    void seesWhatAnotherProgramAddsAndPacksMeanwhile() {
        for (int i = 0; i < 3; i++) {
            String next = main.write("a" + i + ".txt", "a\n").commit("next");
            assertThat(LocalObjects.commit(main.open(), next)).isPresent();
            main.git("repack", "-a", "-d", "--quiet");
            assertThat(LocalObjects.isParent(main.open(), main.resolve("HEAD~"), next))
                    .isTrue();
        }
    }

    @Test
    void saysNothingInARepositoryOfAnotherFormat() {
        TestRepository other = TestRepository.init(folder.resolve("sha256"), "--object-format=sha256");
        String commit = other.write("a.txt", "a\n").commit("first");

        assertThat(LocalObjects.commit(other.open(), commit)).isEmpty();
    }
}
