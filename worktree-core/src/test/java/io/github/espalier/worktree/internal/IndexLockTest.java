package io.github.espalier.worktree.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.Worktree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexLockTest {
    @TempDir
    Path folder;

    @Test
    void leavesNoLockWhereTheIndexCannotBeReplaced() throws IOException {
        Worktree worktree =
                new Worktree(folder.resolve("tree"), folder.resolve("git"), "branch", "0".repeat(40), false);
        Path inTheWay = Files.createDirectories(worktree.gitDirectory().resolve("index/in-the-way"));
        Path next = Files.writeString(folder.resolve("next"), "next");

        try (IndexLock lock = IndexLock.of(worktree, folder.resolve("copy"))) {
            assertThatThrownBy(() -> lock.replaceBy(next)).isInstanceOf(IOException.class);
        }

        assertThat(inTheWay).isDirectory();
        assertThat(worktree.gitDirectory().resolve("index.lock")).doesNotExist();
    }
}
