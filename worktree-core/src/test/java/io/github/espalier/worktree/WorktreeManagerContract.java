package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every manager of worktrees must do. */
abstract class WorktreeManagerContract {
    @TempDir
    Path folder;

    TestRepository repository;
    WorktreeManager worktrees;

    abstract WorktreeManager manager(GitRepository opened);

    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder.resolve("project"));
        repository.write("src/A.java", "class A {}\n").commit("second");
        worktrees = manager(repository.open());
    }

    @AfterEach
    void closeManager() {
        worktrees.close();
    }

    WorktreeRequest request(String name) {
        return new WorktreeRequest(folder.resolve("project-wt" + name), "feature/" + name, repository.head());
    }

    Worktree add(String name) {
        return worktrees.add(request(name));
    }

    static TestRepository in(Worktree worktree) {
        return TestRepository.at(worktree.directory());
    }

    private String branches() {
        return repository.git("for-each-ref", "--format=%(refname)", "refs/heads/");
    }

    @Test
    void addsAWorktreeOnANewBranchAtItsBase() {
        Worktree worktree =
                worktrees.add(new WorktreeRequest(folder.resolve("wt"), "feature/x", repository.resolve("main~1")));

        assertThat(in(worktree).git("branch", "--show-current")).isEqualTo("feature/x");
        assertThat(in(worktree).head()).isEqualTo(repository.resolve("main~1"));
        assertThat(worktree.base()).isEqualTo(repository.resolve("main~1"));
        assertThat(worktree.adopted()).isFalse();
        assertThat(in(worktree).git("status", "--porcelain")).isEmpty();
        assertThat(worktree.directory().resolve("src")).doesNotExist();
    }

    @Test
    void tracksNothing() {
        repository.git("config", "branch.autoSetupMerge", "always");

        add("a");

        assertThat(repository.git("config", "--list")).doesNotContain("branch.feature/a");
    }

    @Test
    void listsTheMainWorktreeFirst() {
        add("a");
        add("b");

        assertThat(worktrees.list())
                .extracting(entry -> String.valueOf(entry.directory().getFileName()))
                .startsWith("project")
                .containsExactlyInAnyOrder("project", "project-wta", "project-wtb");
        assertThat(worktrees.list().get(1).branch())
                .hasValueSatisfying(branch -> assertThat(branch).startsWith("feature/"));
    }

    @Test
    void refusesADirectoryThatIsThereAndChangesNothing() throws IOException {
        Files.createDirectories(request("a").directory());
        Files.writeString(request("a").directory().resolve("mine.txt"), "mine");
        String before = branches();

        assertThatThrownBy(() -> add("a"))
                .isInstanceOf(WorktreeExistsException.class)
                .hasMessageContaining("project-wta");

        assertThat(request("a").directory().resolve("mine.txt")).hasContent("mine");
        assertThat(branches()).isEqualTo(before);
        assertThat(worktrees.list()).hasSize(1);
    }

    @Test
    void refusesABranchThatIsThere() {
        repository.git("branch", "feature/a", "main~1");

        assertThatThrownBy(() -> add("a"))
                .isInstanceOf(WorktreeExistsException.class)
                .hasMessageContaining("feature/a");

        assertThat(repository.resolve("feature/a")).isEqualTo(repository.resolve("main~1"));
        assertThat(request("a").directory()).doesNotExist();
    }

    @Test
    void refusesABranchThatCannotStandBesideAnother() {
        repository.git("branch", "feature");

        assertThatThrownBy(() -> add("a")).isInstanceOf(WorktreeExistsException.class);
        assertThat(request("a").directory()).doesNotExist();
    }

    @Test
    void adoptsALeftoverOfItsOwnThatNobodyTouched() {
        Worktree left = add("a");
        repository.write("later.txt", "x").commit("later");

        Worktree adopted = add("a");

        assertThat(adopted.adopted()).isTrue();
        assertThat(adopted.directory()).isEqualTo(left.directory());
        assertThat(in(adopted).head()).isEqualTo(repository.head());
        assertThat(adopted.directory().resolve("later.txt")).exists();
    }

    @Test
    void doesNotAdoptALeftoverThatWasWorkedIn() {
        in(add("a")).write("work.txt", "work");
        in(add("b")).write("work.txt", "work").commit("work");

        assertThatThrownBy(() -> add("a")).isInstanceOf(WorktreeExistsException.class);
        assertThatThrownBy(() -> add("b")).isInstanceOf(WorktreeExistsException.class);
        assertThat(request("a").directory().resolve("work.txt")).hasContent("work");
    }

    @Test
    void removesAWorktreeAndItsBranch() {
        Worktree worktree = add("a");

        worktrees.remove(worktree, Removal.deletingBranchAt(repository.head()));

        assertThat(worktree.directory()).doesNotExist();
        assertThat(repository.git("worktree", "list")).doesNotContain("project-wta");
        assertThat(branches()).isEqualTo("refs/heads/main");
        assertThat(worktrees.list()).hasSize(1);
        assertThat(repository.git("for-each-ref", "refs/espalier/")).isEmpty();
    }

    @Test
    void keepsTheBranchWhereItIsToldTo() {
        Worktree worktree = add("a");
        String work = in(worktree).write("work.txt", "w").commit("work");

        worktrees.remove(worktree, Removal.keepingBranch());

        assertThat(worktree.directory()).doesNotExist();
        assertThat(repository.resolve("feature/a")).isEqualTo(work);
    }

    @Test
    void keepsABranchThatIsNotWhereItWasExpected() {
        Worktree worktree = add("a");
        String work = in(worktree).write("work.txt", "w").commit("work");

        assertThatThrownBy(() -> worktrees.remove(worktree, Removal.deletingBranchAt(repository.head())))
                .isInstanceOf(RefMovedException.class);

        assertThat(repository.resolve("feature/a")).isEqualTo(work);
    }

    @Test
    void removesNoUncommittedWorkUnlessItWasRescued() {
        for (String name : List.of("changed", "untracked", "staged")) {
            Worktree worktree = add(name);
            switch (name) {
                case "changed" -> in(worktree).write("README.md", "changed\n");
                case "untracked" -> in(worktree).write("new/deep/file.txt", "new\n");
                default -> in(worktree).write("staged.txt", "s\n").git("add", "-A");
            }

            assertThatThrownBy(() -> worktrees.remove(worktree, Removal.keepingBranch()))
                    .isInstanceOf(UnsavedWorkException.class);
            assertThat(worktree.directory()).isDirectory();
            worktrees.remove(worktree, Removal.keepingBranch().afterRescue());
            assertThat(worktree.directory()).doesNotExist();
        }
    }

    @Test
    void removesNoCommitThatNoBranchHolds() {
        Worktree worktree = add("a");
        in(worktree).git("checkout", "-q", "--detach");
        in(worktree).write("lost.txt", "l").commit("detached");

        assertThatThrownBy(() -> worktrees.remove(worktree, Removal.keepingBranch()))
                .isInstanceOf(UnsavedWorkException.class);
    }

    @Test
    void removesIgnoredFilesWithTheWorktreeAndFollowsNoLink() throws IOException {
        repository.write(".gitignore", "build/\nlink\n").commit("ignore");
        Path precious = Files.createDirectories(folder.resolve("precious"));
        Files.writeString(precious.resolve("file.txt"), "keep");
        Worktree worktree = add("a");
        in(worktree).write("build/out.bin", "o");
        Files.createSymbolicLink(worktree.directory().resolve("link"), precious);

        worktrees.remove(worktree, Removal.keepingBranch());
        worktrees.close();

        assertThat(worktree.directory()).doesNotExist();
        assertThat(precious.resolve("file.txt")).hasContent("keep");
    }

    @Test
    void removesALinkInTheWorktreesPlaceAndNotWhereItLeads() throws IOException {
        Path precious = Files.createDirectories(folder.resolve("precious"));
        Files.writeString(precious.resolve("file.txt"), "keep");
        Worktree worktree = add("a");
        Files.move(worktree.directory(), folder.resolve("moved"));
        Files.createSymbolicLink(worktree.directory(), precious);

        worktrees.remove(worktree, Removal.keepingBranch().afterRescue());
        worktrees.close();

        assertThat(worktree.directory()).doesNotExist();
        assertThat(precious.resolve("file.txt")).hasContent("keep");
        assertThat(folder.resolve("moved/README.md")).exists();
    }

    @Test
    void removesNoRepositoryInTheWorktreeThatAnAgentAddedAsASubmodule() {
        Worktree worktree = add("a");
        TestRepository.create(worktree.directory().resolve("sub"));
        in(worktree).git("-c", "advice.addEmbeddedRepo=false", "add", "sub");
        in(worktree).git("commit", "-q", "-m", "sub");

        assertThatThrownBy(() -> worktrees.remove(worktree, Removal.keepingBranch()))
                .isInstanceOf(UnsavedWorkException.class);
    }

    @Test
    void takesAWorktreeThatIsGoneForRemoved() throws IOException {
        Worktree worktree = add("a");
        repository.git("worktree", "remove", worktree.directory().toString());

        worktrees.remove(worktree, Removal.deletingBranchAt(repository.head()));

        assertThat(branches()).isEqualTo("refs/heads/main");
    }

    @Test
    void prunesItsOwnStaleRegistrationsAndNobodyElses() throws IOException {
        Worktree own = add("a");
        Path foreign = folder.resolve("foreign");
        repository.git("worktree", "add", "-q", "--detach", foreign.toString());
        Files.move(own.directory(), folder.resolve("moved-own"));
        Files.move(foreign, folder.resolve("moved-foreign"));

        worktrees.prune();

        assertThat(repository.git("worktree", "list"))
                .doesNotContain("project-wta")
                .contains("foreign");
    }

    @Test
    void runsNoHook() throws IOException {
        Path marker = folder.resolve("ran");
        Path hook = Files.writeString(
                Files.createDirectories(repository.directory().resolve(".git/hooks"))
                        .resolve("post-checkout"),
                "#!/bin/sh\necho ran > '" + marker + "'\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();

        worktrees.remove(add("a"), Removal.keepingBranch());

        assertThat(marker).doesNotExist();
    }

    @Test
    void leavesTheUsersCheckoutAsItIs() {
        repository.write("README.md", "edited\n").write("untracked.txt", "u");
        CheckoutFingerprint before = CheckoutFingerprint.of(repository.directory());

        worktrees.remove(add("a"), Removal.deletingBranchAt(repository.head()));

        assertThat(CheckoutFingerprint.of(repository.directory())).isEqualTo(before);
    }

    @Test
    void addsManyAtOnceFromManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Worktree>> added = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String name = "n" + i;
                WorktreeManager another = manager(repository.open());
                added.add(threads.submit(() -> {
                    try (another) {
                        return another.add(request(name));
                    }
                }));
            }
            for (Future<Worktree> worktree : added) {
                assertThat(worktree.get().directory()).isDirectory();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(worktrees.list()).hasSize(9);
        assertThat(repository.git("fsck", "--no-dangling", "--no-progress")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "a..b",
                "-x",
                "--upload-pack=x",
                "a@{b",
                "a b",
                "a\tb",
                "x.lock",
                "/a",
                "a/",
                "a//b",
                "",
                "@",
                "a~1"
            })
    void refusesABranchNameThatGitWouldNotTake(String branch) {
        assertThatThrownBy(() -> worktrees.add(new WorktreeRequest(folder.resolve("wt"), branch, repository.head())))
                .isInstanceOf(InvalidNameException.class);
        assertThat(folder.resolve("wt")).doesNotExist();
    }

    @Test
    void takesBackWhatItBeganWhereTheDirectoryCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        assertThatThrownBy(() -> worktrees.add(new WorktreeRequest(file.resolve("wt"), "feature/a", repository.head())))
                .isInstanceOf(WorktreeException.class);

        assertThat(branches()).isEqualTo("refs/heads/main");
        assertThat(worktrees.list()).hasSize(1);
        assertThat(file).hasContent("in the way");
    }
}
