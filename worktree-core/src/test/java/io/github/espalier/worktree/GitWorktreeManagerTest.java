package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitWorktreeManagerTest extends WorktreeManagerContract {
    @Override
    WorktreeManager manager(GitRepository opened) {
        return WorktreeManager.of(opened);
    }

    @Test
    void worksInASha256RepositoryAndInABareOne(@TempDir Path other) {
        TestRepository sha256 = TestRepository.init(other.resolve("long"), "--object-format=sha256");
        sha256.write("a.txt", "a").commit("first");
        sha256.git("clone", "-q", "--bare", ".", "../bare.git");
        for (TestRepository each : List.of(sha256, TestRepository.at(other.resolve("bare.git")))) {
            try (WorktreeManager manager = WorktreeManager.of(each.open())) {
                Worktree worktree = manager.add(
                        new WorktreeRequest(other.resolve("wt-" + each.open().name()), "x", each.resolve("HEAD")));
                assertThat(worktree.directory().resolve("a.txt")).hasContent("a");
                manager.remove(worktree, Removal.deletingBranchAt(each.resolve("HEAD")));
                assertThat(worktree.directory()).doesNotExist();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "žluťoučký kůň", "-leading", "$(touch x)"})
    void worksUnderAnyDirectoryName(String name, @TempDir Path other) {
        TestRepository odd = TestRepository.create(other.resolve(name));
        try (WorktreeManager manager = WorktreeManager.of(odd.open())) {
            Worktree worktree = manager.add(new WorktreeRequest(other.resolve(name + " wt"), "feature/x", odd.head()));

            assertThat(worktree.directory().resolve("README.md")).exists();
            manager.remove(worktree, Removal.keepingBranch());
            assertThat(worktree.directory()).doesNotExist();
        }
    }

    @Test
    void resumesDeletionsThatACrashCutShort() throws Exception {
        Worktree worktree = add("a");
        worktrees.remove(worktree, Removal.keepingBranch());
        worktrees.close();
        try (WorktreeManager later = manager(repository.open())) {
            later.prune();
        }

        assertThat(folder.toFile().list()).containsExactly("project");
    }

    @Test
    void removesABranchThatAnAgentMadeASymbolicRefAndNotWhatItPointsTo() {
        Worktree worktree = add("a");
        repository.git("symbolic-ref", worktree.ref(), "refs/heads/main");

        worktrees.remove(worktree, Removal.deletingBranchAt(repository.head()));

        assertThat(repository.git("for-each-ref", "--format=%(refname)", "refs/heads"))
                .isEqualTo("refs/heads/main");
    }
}
