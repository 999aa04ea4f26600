package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TestRepository;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
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

class IndexFlagsTest {
    @TempDir
    Path folder;

    private WorktreeManager worktrees;
    private Worktree worktree;
    private TestRepository agent;

    @BeforeEach
    void markFiles() {
        TestRepository project = TestRepository.create(folder.resolve("project"));
        String base = project.write("one.txt", "1")
                .write("two.txt", "2")
                .write("ü/three.txt", "3")
                .write("four.txt", "4")
                .commit("files");
        GitRepository repository = project.open();
        worktrees = WorktreeManager.of(repository);
        worktree = worktrees.add(new WorktreeRequest(folder.resolve("wt"), "feature/a", base));
        agent = TestRepository.at(worktree.directory());
        agent.git("update-index", "--assume-unchanged", "one.txt");
        agent.git("update-index", "--skip-worktree", "ü/three.txt");
        agent.git("update-index", "--add", "--cacheinfo", "160000," + base + ",module");
        agent.write("new.txt", "5");
        agent.git("add", "--intent-to-add", "new.txt");
    }

    @AfterEach
    void close() {
        worktrees.close();
    }

    private void assertKnown() {
        assertThat(IndexFlags.peculiar(worktree))
                .containsExactlyElementsOf(IndexFlags.byGit(worktree))
                .containsExactlyInAnyOrder(
                        new IndexFlags("module", false, true),
                        new IndexFlags("one.txt", true, false),
                        new IndexFlags("ü/three.txt", true, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "4"})
    void tellsWhatGitTellsOfEachVersion(String version) {
        agent.git("update-index", "--index-version", version);

        assertKnown();
    }

    @Test
    void asksGitOfAnIndexThatIsSplit() {
        agent.git("update-index", "--split-index");
        agent.git("update-index", "--no-assume-unchanged", "one.txt");
        agent.git("update-index", "--assume-unchanged", "one.txt");

        assertKnown();
    }

    @Test
    void asksGitOfAnIndexWithoutAChecksum() {
        agent.git("-c", "index.skipHash=true", "update-index", "--force-write-index");

        assertKnown();
    }

    @Test
    void anIndexThatIsNotThereHasNone() throws IOException {
        Files.delete(worktree.gitDirectory().resolve("index"));

        assertThat(IndexFlags.peculiar(worktree)).isEqualTo(List.of());
    }
}
