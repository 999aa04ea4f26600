package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FewChangesTest {
    @TempDir
    Path folder;

    private TestRepository project;
    private String from;

    @BeforeEach
    void makeProject() {
        project = TestRepository.create(folder.resolve("project"));
        project.write("a.txt", "a").write("dir/b.txt", "b").commit("second");
        from = project.head();
    }

    private Optional<String> changes() {
        return FewChanges.paths(TreeDifference.asGitSees(project.open(), from, project.head()));
    }

    @Test
    void listsPathsThatCanBeWrittenEachByItself() {
        project.write("a.txt", "changed").write("new/c.txt", "c").git("rm", "-q", "dir/b.txt");
        project.commit("third");

        assertThat(changes()).contains("a.txt\0dir/b.txt\0new/c.txt\0");
    }

    @Test
    void listsNothingWhereCommitsHoldTheSame() {
        project.git("commit", "--quiet", "--allow-empty", "--message=again");

        assertThat(changes()).contains("");
    }

    /** Each is a file that is added. */
    @ParameterizedTest
    @ValueSource(strings = {"a.txt/x", "A.txt", "\u00e4"})
    void leavesToGitWhatMayStandInTheWay(String path) {
        project.git("rm", "-q", "a.txt");
        project.write(path, "x").commit("third");

        assertThat(changes()).isEmpty();
    }

    @Test
    void leavesSubmodulesToGit() {
        project.git("update-index", "--add", "--cacheinfo", "160000," + from + ",sub");
        project.git("commit", "--quiet", "--message=third");

        assertThat(changes()).isEmpty();
    }

    @Test
    void goesByWhatObjectsAreReplacedBy() throws IOException {
        project.write("a.txt", "changed").commit("third");
        project.git("replace", from, project.head());
        assertThat(changes()).contains("");

        project.git("pack-refs", "--all", "--prune");
        Files.deleteIfExists(project.directory().resolve(".git/refs/replace"));
        assertThat(changes()).contains("");
    }

    @Test
    void leavesMuchToGit() {
        for (int i = 0; i <= 1000; i++) {
            project.write("many/" + i, "x");
        }
        project.commit("third");

        assertThat(changes()).isEmpty();
    }
}
