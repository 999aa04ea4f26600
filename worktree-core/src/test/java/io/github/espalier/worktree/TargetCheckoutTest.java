package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.TargetBranch.AdvanceOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The target moves under checkouts of every shape: they follow, or nothing changes. */
class TargetCheckoutTest {
    @TempDir
    Path folder;

    private TestRepository repository;
    private String from;
    private String to = "";

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder.resolve("project"));
        repository
                .write("a.txt", "old\n")
                .write("dir/file.txt", "d\n")
                .write("kept.txt", "k\n")
                .write("z.txt", "old\n")
                .commit("base");
        from = repository.head();
    }

    /** Makes the commit to advance to, on a branch of its own, and goes back. */
    private void target(Runnable changes) {
        from = repository.head();
        repository.git("checkout", "-q", "-b", "work");
        changes.run();
        to = repository.commit("work");
        repository.git("checkout", "-q", "main");
        assertThat(repository.git("status", "--porcelain")).isEmpty();
    }

    private void targetChangesA() {
        target(() -> repository.write("a.txt", "new\n"));
    }

    private TargetBranch main() {
        return TargetBranch.of(repository.open(), "main");
    }

    private void assertAdvances() {
        assertThat(main().advance(from, to, "test")).isInstanceOf(AdvanceOutcome.Advanced.class);
        assertThat(repository.resolve("main")).isEqualTo(to);
    }

    private AdvanceOutcome.Held assertHeld(TargetBranch target, Path... checkouts) {
        CheckoutFingerprint[] before = new CheckoutFingerprint[checkouts.length];
        for (int i = 0; i < checkouts.length; i++) {
            before[i] = CheckoutFingerprint.of(checkouts[i]);
        }
        AdvanceOutcome outcome = target.advance(from, to, "test");
        assertThat(outcome).isInstanceOf(AdvanceOutcome.Held.class);
        for (int i = 0; i < checkouts.length; i++) {
            assertThat(CheckoutFingerprint.of(checkouts[i])).isEqualTo(before[i]);
        }
        assertThat(repository.resolve("main")).isEqualTo(from);
        return (AdvanceOutcome.Held) outcome;
    }

    private AdvanceOutcome.Held assertHeld() {
        return assertHeld(main(), repository.directory());
    }

    @Test
    void holdsWhereAnIgnoredFileLiesInADirectoryThatBecomesAFile() {
        repository.write(".gitignore", "*.env\n").commit("ignore");
        target(() -> {
            repository.git("rm", "-q", "-r", "dir");
            repository.write("dir", "a file\n");
        });
        repository.write("dir/secret.env", "mine\n");

        assertThat(assertHeld().paths()).containsExactly("dir");
    }

    @Test
    void followsWhereADirectoryBecomesAFileAndBack() {
        target(() -> {
            repository.git("rm", "-q", "-r", "dir");
            repository.write("dir", "a file\n");
        });

        assertAdvances();

        assertThat(repository.read("dir")).isEqualTo("a file\n");
    }

    @Test
    void holdsWhereANestedRepositoryWouldBecomeAFile() {
        TestRepository nested = TestRepository.create(repository.directory().resolve("nested"));
        repository.git("add", "nested");
        repository.commit("link");
        from = repository.head();
        repository.git("update-index", "--cacheinfo", "100644," + repository.resolve("HEAD:a.txt") + ",nested");
        to = repository.git("commit-tree", "-m", "file", "-p", "HEAD", repository.git("write-tree"));
        repository.git("reset", "-q");

        assertThat(assertHeld().paths()).containsExactly("nested");
        assertThat(nested.read("README.md")).isEqualTo("# Test\n");
    }

    @Test
    void leavesASubmodulesOwnFilesAlone() {
        TestRepository nested = TestRepository.create(repository.directory().resolve("nested"));
        repository.git("config", "submodule.recurse", "true");
        repository.git("add", "nested");
        repository.commit("link");
        from = repository.head();
        String first = nested.head();
        String second = nested.write("more.txt", "m").commit("more");
        repository.git("add", "nested");
        to = repository.git("commit-tree", "-m", "newer", "-p", "HEAD", repository.git("write-tree"));
        repository.git("reset", "-q");
        nested.git("checkout", "-q", "--detach", first);

        assertAdvances();

        assertThat(nested.head()).isEqualTo(first);
        assertThat(repository.git("ls-files", "-s", "nested")).contains(second);
    }

    @Test
    void takesBackWhatWasDoneBeforeAFilterFailed() {
        target(() -> {
            repository.write("a.txt", "new\n").write("new/added.txt", "n\n").write("z.txt", "new\n");
            repository.write(".gitattributes", "z.txt filter=x\n").git("rm", "-q", "dir/file.txt");
        });
        repository.git("config", "filter.x.required", "true");
        repository.git("config", "filter.x.smudge", "false");
        repository.write("kept.txt", "edited\n");

        assertThat(assertHeld().reason()).contains("filter");
        assertThat(repository.git("status", "--porcelain")).isEqualTo(" M kept.txt");
        repository.git("config", "filter.x.smudge", "cat");
        assertAdvances();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--assume-unchanged", "--skip-worktree"})
    void holdsWhereAnEditIsHiddenFromGit(String bit) {
        targetChangesA();
        repository.git("update-index", bit, "a.txt");
        repository.write("a.txt", "mine\n");

        assertHeld();
    }

    @Test
    void keepsAnEditOfAnotherFileThatIsHiddenFromGit() {
        targetChangesA();
        repository.git("update-index", "--skip-worktree", "kept.txt");
        repository.write("kept.txt", "mine\n");

        assertAdvances();

        assertThat(repository.read("kept.txt")).isEqualTo("mine\n");
        assertThat(repository.git("ls-files", "-v", "kept.txt")).startsWith("S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--cone", "--no-cone"})
    void keepsASparseCheckoutSparse(String mode) {
        target(() -> repository
                .write("dir/file.txt", "new\n")
                .write("dir/more.txt", "m\n")
                .write("a.txt", "new\n"));
        repository.git("sparse-checkout", "set", mode, mode.equals("--cone") ? "nothing" : "/*.txt");
        assertThat(repository.directory().resolve("dir")).doesNotExist();

        assertAdvances();

        assertThat(repository.read("a.txt")).isEqualTo("new\n");
        assertThat(repository.directory().resolve("dir")).doesNotExist();
        assertThat(repository.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void holdsWhereTheIndexIsUnmerged() {
        targetChangesA();
        repository.write("kept.txt", "stashed\n").git("stash", "-q");
        String base = repository.head();
        repository.write("kept.txt", "other\n").commit("other");
        assertThatThrownBy(() -> repository.git("stash", "pop")).isInstanceOf(AssertionError.class);
        repository.git("update-ref", "refs/heads/main", base);

        assertHeld();
    }

    @Test
    void holdsWhereALinkTookTheDirectorysPlace() throws IOException {
        target(() -> repository.write("dir/file.txt", "new\n").write("dir/added.txt", "n\n"));
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(repository.directory().resolve("dir"), elsewhere);
        Files.createSymbolicLink(repository.directory().resolve("dir"), elsewhere);

        assertHeld();
        assertThat(elsewhere.resolve("added.txt")).doesNotExist();
        assertThat(elsewhere.resolve("file.txt")).hasContent("d");
    }

    @Test
    void bringsAllCheckoutsBackWhereOneCannotFollow() {
        targetChangesA();
        Path second = folder.resolve("second");
        repository.git("worktree", "add", "-q", "-f", second.toString(), "main");
        TestRepository.at(second).write("a.txt", "mine\n");
        repository.write("kept.txt", "edited\n");

        AdvanceOutcome.Held held = assertHeld(main(), repository.directory(), second);

        assertThat(held.checkout()).isEqualTo(second);
    }

    @Test
    void carriesSeveralCheckoutsAlong() {
        targetChangesA();
        Path second = folder.resolve("second with žluťoučký");
        repository.git("worktree", "add", "-q", "-f", second.toString(), "main");

        assertAdvances();

        assertThat(repository.read("a.txt")).isEqualTo("new\n");
        assertThat(second.resolve("a.txt")).hasContent("new");
    }

    @Test
    void holdsWhereACheckoutIsMissing() throws IOException {
        targetChangesA();
        repository.git("checkout", "-q", "--detach");
        Path linked = folder.resolve("linked");
        repository.git("worktree", "add", "-q", linked.toString(), "main");
        Path moved = Files.move(linked, folder.resolve("moved"));

        assertThat(assertHeld(main(), moved).reason()).contains("git worktree");
        repository.git("worktree", "lock", linked.toString());
        assertHeld(main(), moved);
        repository.git("worktree", "unlock", linked.toString());
        repository.git("worktree", "repair", moved.toString());
        assertAdvances();
        assertThat(moved.resolve("a.txt")).hasContent("new");
    }

    @Test
    void movesTheBranchThatItIsAnotherNameOf() {
        targetChangesA();
        repository.git("symbolic-ref", "refs/heads/alias", "refs/heads/main");

        AdvanceOutcome outcome = TargetBranch.of(repository.open(), "alias").advance(from, to, "test");

        assertThat(outcome).isInstanceOf(AdvanceOutcome.Advanced.class);
        assertThat(repository.resolve("main")).isEqualTo(to);
        assertThat(repository.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void carriesACheckoutAlongThatWasDeclaredBareMeanwhile() {
        targetChangesA();
        TargetBranch target = main();
        repository.git("config", "core.bare", "true");

        assertThat(target.advance(from, to, "test")).isInstanceOf(AdvanceOutcome.Advanced.class);

        repository.git("config", "core.bare", "false");
        assertThat(repository.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void carriesACheckoutAlongWhoseGitDirectoryLiesElsewhere() {
        TestRepository apart = TestRepository.init(
                folder.resolve("apart"), "--separate-git-dir=" + folder.resolve("the-git-directory"));
        String first = apart.write("a.txt", "old\n").commit("first");
        String second = apart.write("a.txt", "new\n").commit("second");
        apart.git("reset", "-q", "--hard", first);
        Path linked = folder.resolve("linked");
        apart.git("worktree", "add", "-q", "--detach", linked.toString());

        GitRepository unknown = GitRepository.open(linked);
        assertThat(unknown.mainWorktree()).isEmpty();
        assertThatThrownBy(() -> TargetBranch.of(unknown, "main").advance(first, second, "test"))
                .isInstanceOf(WorktreeException.class)
                .hasMessageContaining("open the repository from there");
        assertThat(apart.head()).isEqualTo(first);
        assertThat(TargetBranch.of(apart.open(), "main").advance(first, second, "test"))
                .isEqualTo(new AdvanceOutcome.Advanced(List.of(apart.directory())));
        assertThat(apart.read("a.txt")).isEqualTo("new\n");
        assertThat(apart.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void carriesASubmodulesOwnCheckoutAlong() {
        TestRepository above = TestRepository.create(folder.resolve("above"));
        above.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../project", "sub");
        TestRepository sub = TestRepository.at(above.directory().resolve("sub"));
        sub.git("config", "user.name", "Test User");
        sub.git("config", "user.email", "test@example.org");
        String first = sub.head();
        String second = sub.write("a.txt", "new\n").commit("second");
        sub.git("reset", "-q", "--hard", first);

        assertThat(TargetBranch.of(sub.open(), "main").advance(first, second, "test"))
                .isEqualTo(new AdvanceOutcome.Advanced(List.of(sub.directory())));

        assertThat(sub.read("a.txt")).isEqualTo("new\n");
        assertThat(sub.git("status", "--porcelain")).isEmpty();
    }

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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void holdsWhereAFileThatGoesWasReplacedByAStagedFolder(boolean stillThere) throws IOException {
        target(() -> repository.git("rm", "-q", "a.txt"));
        Files.delete(repository.directory().resolve("a.txt"));
        repository.write("a.txt/staged", "the user's\n").git("add", "-A");
        if (!stillThere) {
            Files.delete(repository.directory().resolve("a.txt/staged"));
        }

        assertThat(assertHeld(main(), repository.directory()).paths()).containsExactly("a.txt");

        assertThat(repository.git("show", ":a.txt/staged")).isEqualTo("the user's");
    }
}
