package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Git is killed alone in the middle of carrying a checkout along: by a filter of the user's own, at its first file. */
class TargetCheckoutDeathTest extends TargetCheckoutFixture {
    private Path lock;
    private Path mark;

    @BeforeEach
    void killGitOnce() {
        lock = repository.directory().resolve(".git/index.lock");
        mark = folder.resolve("killed");
        repository.write(".gitattributes", "z.txt filter=deadly\n").commit("attributes");
        target(() -> {
            repository.git("rm", "-q", "kept.txt");
            repository.write("a.txt", "new\n").write("dir/added.txt", "added\n").write("z.txt", "new\n");
        });
    }

    /** What the filter does before it kills git, which is its shell's parent. */
    private void dyingAfter(String command) throws IOException {
        Path filter = Files.writeString(
                folder.resolve("filter"),
                "test -e '" + mark + "' || { touch '" + mark + "'; " + command + "; kill -9 \"$1\"; }\ncat\n");
        repository.git("config", "filter.deadly.smudge", "sh '" + filter + "' $PPID");
    }

    /** The index that the move leads to, as git writes it into its lock. */
    private Path written() {
        Path index = folder.resolve("written");
        repository.git("read-tree", "--index-output=" + repository.directory().resolve(".git/written"), to);
        repository.directory().resolve(".git/written").toFile().renameTo(index.toFile());
        return index;
    }

    private void assertBroughtBack() {
        assertHeld();
        assertThat(mark).exists();
        assertThat(lock).doesNotExist();
        assertThat(repository.git("status", "--porcelain")).isEmpty();
        assertAdvances();
        assertThat(repository.read("z.txt")).isEqualTo("new\n");
        assertThat(repository.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void comesBackWhereGitHadChangedSomeFiles() throws IOException {
        dyingAfter("true");

        assertBroughtBack();
    }

    @Test
    void comesBackWhereGitHadWrittenTheIndexIntoItsLock() throws IOException {
        dyingAfter("cp '" + written() + "' '" + lock + "'");

        assertBroughtBack();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 200})
    void comesBackWhereGitHadWrittenSomeOfTheIndexIntoItsLock(int bytes) throws IOException {
        dyingAfter("head -c " + bytes + " '" + written() + "' > '" + lock + "'");

        assertBroughtBack();
    }

    @Test
    void leavesALockThatHoldsSomethingElse() throws IOException {
        dyingAfter("cp '" + lock.resolveSibling("index") + "' '" + lock + "'");

        assertThat(main().advance(from, to, "test")).isInstanceOf(TargetBranch.AdvanceOutcome.Held.class);

        assertThat(lock).exists();
        Files.delete(lock);
        assertThat(repository.resolve("main")).isEqualTo(from);
    }
}
