package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @ParameterizedTest
    @ValueSource(strings = {": > dir/added.txt", "printf ad > dir/added.txt", ": > a.txt", "printf ne > a.txt"})
    void comesBackWhereGitHadBegunToWriteAFile(String begun) throws IOException {
        dyingAfter(begun);

        assertBroughtBack();
    }

    @Test
    void leavesAFileThatHoldsSomethingElse() throws IOException {
        dyingAfter("printf mine > dir/added.txt");

        assertThat(main().advance(from, to, "test")).isInstanceOf(TargetBranch.AdvanceOutcome.Held.class);

        assertThat(mark).exists();
        assertThat(repository.read("dir/added.txt")).isEqualTo("mine");
        assertThat(repository.git("status", "--porcelain")).isEqualTo("?? dir/added.txt");
    }

    /** Whoever dies while it brings a checkout back leaves the lock, by which the next one knows of it. */
    @Test
    void takesTheLockAwayWhenAllIsAsItWas() throws IOException {
        Path filter =
                Files.writeString(folder.resolve("filter"), "test -e '" + lock + "' && touch '" + mark + "'\ncat\n");
        repository.git("config", "filter.deadly.smudge", "sh '" + filter + "'");
        Files.createFile(lock);
        Files.delete(repository.directory().resolve("z.txt"));
        Files.createFile(repository.directory().resolve("dir/added.txt"));

        assertThat(main().settle(from, to, List.of(lock))).containsExactly(repository.directory());

        assertThat(mark).exists();
        assertThat(lock).doesNotExist();
        assertThat(repository.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void nothingWasDoneWithACommitThatIsGone() {
        repository.git("branch", "-qD", "work");
        repository.git("reflog", "expire", "--expire=now", "--all");
        repository.git("gc", "--quiet", "--prune=now");

        assertThat(main().settle(from, to, List.of(lock))).isEmpty();

        assertThat(repository.git("status", "--porcelain")).isEmpty();
        assertThat(repository.resolve("main")).isEqualTo(from);
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
