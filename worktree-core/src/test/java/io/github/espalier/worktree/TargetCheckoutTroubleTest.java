package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.TargetBranch.AdvanceOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The target of a checkout moves while something is in the way, or somebody means ill. */
class TargetCheckoutTroubleTest extends TargetCheckoutFixture {
    @Test
    void refusesToLoseCommitsOfTheTarget() {
        targetChangesA();
        String unrelated = repository.git("commit-tree", "-m", "unrelated", "main^{tree}");

        for (String other : new String[] {unrelated, repository.resolve("main~1")}) {
            assertThatThrownBy(() -> main().advance(from, other, "test")).isInstanceOf(WorktreeException.class);
        }
        for (String name : new String[] {"work", "-x", from + "\ndelete refs/heads/work", ""}) {
            assertThatThrownBy(() -> main().advance(from, name, "test")).isInstanceOf(InvalidNameException.class);
        }
        assertThat(repository.resolve("main")).isEqualTo(from);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "two\nlines", "-m", "ünï"})
    void takesAnyReason(String reason) {
        targetChangesA();

        assertThat(main().advance(from, to, reason)).isInstanceOf(AdvanceOutcome.Advanced.class);
    }

    @Test
    void waitsForAnIndexLockThatGoes() throws Exception {
        targetChangesA();
        Path lock = Files.createFile(repository.directory().resolve(".git/index.lock"));
        CompletableFuture<Boolean> released = CompletableFuture.supplyAsync(
                () -> lock.toFile().delete(), CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

        assertAdvances();

        assertThat(released.get()).isTrue();
        assertThat(repository.read("a.txt")).isEqualTo("new\n");
    }

    @Test
    void holdsWhereTheRefIsLocked() throws IOException {
        targetChangesA();
        Path lock = Files.createFile(repository.directory().resolve(".git/refs/heads/main.lock"));

        assertThat(assertHeld().reason()).contains("refs/heads/main.lock");
        assertThat(lock).exists();
    }

    @Test
    void finishesWhatItBeganWhenInterrupted() {
        targetChangesA();
        TargetBranch target = main();
        CompletableFuture<AdvanceOutcome> advanced = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                advanced.complete(target.advance(from, to, "test"));
            } catch (RuntimeException e) {
                advanced.completeExceptionally(e);
            }
        });
        thread.start();
        thread.interrupt();

        assertThat(advanced.handle((outcome, failure) -> failure == null || failure instanceof WorktreeException)
                        .join())
                .isTrue();

        assertThat(repository.git("status", "--porcelain")).isEmpty();
        assertThat(repository.directory().resolve(".git/index.lock")).doesNotExist();
    }

    @Test
    void runsNothingThatWasConfiguredMeanwhile() {
        repository.write(".gitattributes", "*.txt filter=evil diff=evil\n").commit("attributes");
        targetChangesA();
        TargetBranch target = main();
        Path marker = folder.resolve("ran");
        String command = "touch '" + marker + "'; cat";
        for (String key : new String[] {
            "filter.evil.clean",
            "filter.evil.smudge",
            "filter.evil.process",
            "diff.evil.textconv",
            "diff.external",
            "core.fsmonitor",
            "core.editor",
            "core.pager",
            "alias.read-tree"
        }) {
            repository.git("config", key, key.startsWith("alias") ? "!" + command : command);
        }
        repository.git("config", "core.hooksPath", folder.resolve("hooks").toString());
        for (String hook : new String[] {"reference-transaction", "post-checkout", "post-index-change", "post-merge"}) {
            TestRepository.at(folder).write("hooks/" + hook, "#!/bin/sh\n" + command + "\n");
            assertThat(folder.resolve("hooks/" + hook).toFile().setExecutable(true))
                    .isTrue();
        }
        assertThat(repository.directory().resolve("a.txt").toFile().setLastModified(1_000_000_000_000L))
                .isTrue();

        assertThat(target.advance(from, to, "test")).isInstanceOf(AdvanceOutcome.Advanced.class);

        assertThat(marker).doesNotExist();
        assertThat(repository.read("a.txt")).isEqualTo("new\n");
    }
}
