package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Removing a worktree never loses what is nowhere else. */
class RemovalTest {
    @TempDir
    Path folder;

    TestRepository repository;
    Worktree worktree;
    TestRepository work;
    private WorktreeManager worktrees;

    WorktreeManager manager(GitRepository opened) {
        return WorktreeManager.of(opened);
    }

    @BeforeEach
    void makeWorktree() {
        repository = TestRepository.create(folder.resolve("project"));
        repository.write("src/A.java", "class A {}\n").commit("second");
        worktrees = manager(repository.open());
        worktree = add("a");
        work = TestRepository.at(worktree.directory());
    }

    @AfterEach
    void closeManager() {
        worktrees.close();
    }

    private Worktree add(String name) {
        return worktrees.add(
                new WorktreeRequest(folder.resolve("project-wt" + name), "feature/" + name, repository.head()));
    }

    private void remove() {
        worktrees.remove(worktree, Removal.keepingBranch());
    }

    /** Refuses, and leaves every byte of the worktree, its index and its refs as they were. */
    private void assertRefuses() {
        CheckoutFingerprint before = CheckoutFingerprint.of(worktree.directory());
        assertThatThrownBy(this::remove).isInstanceOf(UnsavedWorkException.class);
        assertThat(CheckoutFingerprint.of(worktree.directory())).isEqualTo(before);
    }

    private void assertRemovableAfterRescue() {
        worktrees.remove(worktree, Removal.keepingBranch().afterRescue());
        assertThat(worktree.directory()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--assume-unchanged", "--skip-worktree"})
    void seesAnEditThatGitWasToldNotToSee(String bit) {
        work.git("update-index", bit, "src/A.java");
        work.write("src/A.java", "edited\n");
        assertThat(work.git("status", "--porcelain")).isEmpty();

        assertRefuses();
        assertRemovableAfterRescue();
    }

    @Test
    void removesASparseWorktree() {
        work.git("sparse-checkout", "set", "--no-cone", "/README.md");
        assertThat(worktree.directory().resolve("src")).doesNotExist();

        remove();

        assertThat(worktree.directory()).doesNotExist();
    }

    @Test
    void seesAnEditInASubmoduleThatIsConfiguredToBeIgnored() throws IOException {
        nestedRepository("nested");
        work.git("add", "nested");
        work.commit("link");
        work.git("config", "diff.ignoreSubmodules", "all");
        work.git("config", "status.showUntrackedFiles", "no");

        assertRefuses();
    }

    @Test
    void keepsANestedRepositoryOfWhichOnlyTheCommitIdIsCommitted() {
        String nested = nestedRepository("nested").head();
        work.git("add", "nested");
        work.commit("link");
        assertThat(work.git("status", "--porcelain")).isEmpty();

        assertRefuses();
        assertThat(TestRepository.at(worktree.directory().resolve("nested")).head())
                .isEqualTo(nested);
    }

    @Test
    void keepsAnUntrackedNestedRepositoryWithoutFiles() throws IOException {
        TestRepository nested = nestedRepository("nested");
        nested.git("rm", "-q", "inner.txt");
        nested.commit("empty");

        assertRefuses();
    }

    @Test
    void keepsARepositoryThatTookTheWorktreesPlace() throws IOException {
        Files.delete(worktree.directory().resolve(".git"));
        work.git("init", "-q");
        work.git("config", "user.name", "Agent");
        work.git("config", "user.email", "agent@example.org");
        work.commit("in a repository of its own");

        assertRefuses();
    }

    private TestRepository nestedRepository(String path) {
        TestRepository nested = TestRepository.init(worktree.directory().resolve(path));
        nested.write("inner.txt", "inner\n").commit("inner");
        return nested;
    }

    @Test
    void keepsCommitsThatOnlyTheLogOfItsHeadKnows() {
        work.git("checkout", "-q", "--detach");
        String detached = work.write("lost.txt", "l").commit("detached");
        work.git("checkout", "-q", "feature/a");
        assertThat(work.git("status", "--porcelain")).isEmpty();

        assertThatThrownBy(this::remove)
                .isInstanceOf(UnsavedWorkException.class)
                .hasMessageContaining(detached);
    }

    @Test
    void keepsCommitsUnderRefsThatOnlyTheWorktreeHas() {
        String commit = work.git("commit-tree", "-m", "aside", "HEAD^{tree}");
        work.git("update-ref", "refs/worktree/aside", commit);

        assertThatThrownBy(this::remove)
                .isInstanceOf(UnsavedWorkException.class)
                .hasMessageContaining(commit);
    }

    @Test
    void removesAWorktreeWhoseOtherCommitsAreOnABranch() {
        work.git("checkout", "-q", "-b", "other");
        work.write("other.txt", "o").commit("other");
        work.git("checkout", "-q", "feature/a");

        remove();

        assertThat(worktree.directory()).doesNotExist();
    }

    @Test
    void keepsAWorktreeInTheMiddleOfAMerge() {
        repository.git("branch", "side", "main~1");
        String side = repository.git("commit-tree", "-m", "side", "-p", "main~1", "main~1^{tree}");
        repository.git("update-ref", "refs/heads/side", side);
        work.git("merge", "-q", "--no-commit", "--no-ff", "-s", "ours", "side");
        assertThat(work.git("status", "--porcelain")).isEmpty();

        assertRefuses();
        assertRemovableAfterRescue();
    }

    @Test
    void keepsAWorktreeWithoutAnIndex() throws IOException {
        Files.delete(worktree.gitDirectory().resolve("index"));

        assertRefuses();
    }

    @Test
    void keepsALockedWorktree() {
        repository.git(
                "worktree",
                "lock",
                "--reason",
                "on a stick",
                worktree.directory().toString());

        for (Removal removal :
                new Removal[] {Removal.keepingBranch(), Removal.keepingBranch().afterRescue()}) {
            assertThatThrownBy(() -> worktrees.remove(worktree, removal))
                    .isInstanceOf(WorktreeLockedException.class)
                    .hasMessageContaining("on a stick");
        }
        assertThat(worktree.directory()).isDirectory();
        repository.git("worktree", "unlock", worktree.directory().toString());
        remove();
    }

    @Test
    void keepsADirectoryThatIsNotRegisteredAnyMore() throws IOException {
        work.write("work.txt", "uncommitted");
        Files.delete(worktree.directory().resolve(".git"));
        repository.git("worktree", "prune");
        assertThat(worktree.gitDirectory()).doesNotExist();

        assertThatThrownBy(this::remove).isInstanceOf(UnsavedWorkException.class);
        assertThat(worktree.directory().resolve("work.txt")).hasContent("uncommitted");
    }

    @Test
    void keepsTheRegistrationOfAnotherWorktreeThatHasTheSameName() throws IOException {
        repository.git("worktree", "remove", worktree.directory().toString());
        Path other = folder.resolve("other/project-wta");
        repository.git("worktree", "add", "-q", "--detach", other.toString());
        TestRepository.at(other).write("staged.txt", "s").git("add", "staged.txt");
        assertThat(worktree.gitDirectory()).isDirectory();

        remove();

        assertThat(TestRepository.at(other).git("status", "--porcelain")).isEqualTo("A  staged.txt");
    }

    @Test
    void keepsWhatOnlyTheRegistrationOfAMissingWorktreeHolds() throws IOException {
        work.git("checkout", "-q", "--detach");
        work.write("lost.txt", "l").commit("detached");
        Files.move(worktree.directory(), folder.resolve("elsewhere"));

        assertThatThrownBy(this::remove).isInstanceOf(UnsavedWorkException.class);
        assertThat(worktree.gitDirectory()).isDirectory();
    }

    @Test
    void neverRemovesTheMainCheckout() {
        GitRepository opened = repository.open();
        Worktree main =
                new Worktree(repository.directory(), opened.commonDirectory(), "main", repository.head(), false);

        assertThatThrownBy(() -> worktrees.remove(main, Removal.keepingBranch().afterRescue()))
                .isInstanceOf(WorktreeException.class);
        assertThat(repository.directory().resolve("README.md")).exists();
    }

    @Test
    void keepsABranchThatAnotherWorktreeHasOut() {
        work.git("checkout", "-q", "--detach");
        Path other = folder.resolve("other");
        repository.git("worktree", "add", "-q", other.toString(), "feature/a");

        assertThatThrownBy(() -> worktrees.remove(worktree, Removal.deletingBranchAt(repository.head())))
                .isInstanceOf(WorktreeException.class)
                .hasMessageContaining(other.toString());
        assertThat(TestRepository.at(other).head()).isEqualTo(repository.head());
    }

    @Test
    void keepsABranchThatTheMainCheckoutHasOut() {
        work.git("checkout", "-q", "--detach");
        repository.git("checkout", "-q", "feature/a");

        assertThatThrownBy(() -> worktrees.remove(worktree, Removal.deletingBranchAt(repository.head())))
                .isInstanceOf(WorktreeException.class)
                .hasMessageContaining(repository.directory().toString());
        assertThat(repository.branch()).isEqualTo("refs/heads/feature/a");
    }

    @Test
    void canBeRepeatedAfterACrash() {
        worktrees.remove(worktree, Removal.deletingBranchAt(repository.head()));

        worktrees.remove(worktree, Removal.deletingBranchAt(repository.head()));

        assertThat(repository.git("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main");
    }

    /** The first look runs a clean filter, which edits a file that git has looked at already. */
    @Test
    void putsBackWhatWasWrittenToBetweenTheLookAndTheMove() throws IOException {
        Path late = Files.writeString(
                folder.resolve("late.sh"), "cat; echo late >> '" + worktree.directory() + "/README.md'\n");
        work.write(".gitattributes", "src/A.java filter=late\n").commit("attributes");
        repository.git("config", "filter.late.clean", "sh '" + late + "'");
        assertThat(worktree.directory().resolve("src/A.java").toFile().setLastModified(1_000_000_000_000L))
                .isTrue();
        try (WorktreeManager trusting = WorktreeManager.of(repository.open())) {
            assertThatThrownBy(() -> trusting.remove(worktree, Removal.keepingBranch()))
                    .isInstanceOf(UnsavedWorkException.class)
                    .hasMessageContaining("while it was being removed");
        }

        assertThat(worktree.directory().resolve("README.md")).content().contains("late");
        assertThat(work.git("status", "--porcelain")).contains("README.md");
    }

    @Test
    void runsNoFilterThatWasConfiguredMeanwhile() {
        Path marker = folder.resolve("ran");
        work.write(".git-attributes-not", "")
                .write(".gitattributes", "* filter=evil\n")
                .commit("attributes");
        for (String key : new String[] {"filter.evil.clean", "filter.evil.smudge", "filter.evil.process"}) {
            repository.git("config", key, "touch '" + marker + "'; cat");
        }
        repository.git("config", "core.fsmonitor", "touch '" + marker + "'");
        repository.write(".git/info/attributes", "* filter=evil\n");
        assertThat(worktree.directory().resolve("src/A.java").toFile().setLastModified(1_000_000_000_000L))
                .isTrue();

        add("b");
        remove();

        assertThat(marker).doesNotExist();
    }
}
