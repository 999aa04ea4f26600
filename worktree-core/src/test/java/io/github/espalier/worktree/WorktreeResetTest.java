package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one user of a worktree leaves is not seen by the next. */
class WorktreeResetTest {
    @TempDir
    Path folder;

    @Test
    void leavesExactlyTheCommit() {
        TestRepository repository = TestRepository.create(folder.resolve("project"));
        String first = repository.write(".gitignore", "*.o\n").write("a", "1").commit("first");
        String second = repository.write("a", "2").write("d/b", "b").commit("second");
        try (WorktreeManager worktrees = WorktreeManager.of(repository.open())) {
            Worktree worktree = worktrees.add(new WorktreeRequest(folder.resolve("wt"), "feature/a", first));
            TestRepository room = TestRepository.at(worktree.directory());
            room.write("a", "edited").write("x.o", "built").write("new/file", "n");
            room.git("add", "new/file");
            room.git("init", "-q", "nested");

            Worktree reset = WorktreeReset.of(repository.open(), TrustedConfiguration.of(repository.open()))
                    .to(worktree, second);

            assertThat(reset.base()).isEqualTo(second);
            assertThat(room.git("status", "--porcelain", "--ignored")).isEmpty();
            assertThat(room.git("rev-parse", "HEAD")).isEqualTo(second);
            assertThat(repository.resolve("feature/a")).isEqualTo(second);
            assertThat(folder.resolve("wt/nested")).doesNotExist();
            assertThat(room.read("d/b")).isEqualTo("b");
        }
    }
}
