package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The same where the place is free at once, and the look comes afterwards. */
class LaterRemovalTest extends RemovalTest {
    @Override
    WorktreeManager manager(GitRepository opened) {
        return new LaterRemoval(WorktreeManager.of(opened));
    }

    /** From here on a look at the worktree waits until the returned file is there. */
    private Path makeLooksWait() throws IOException {
        Path go = folder.resolve("go");
        Path waiting = Files.writeString(
                folder.resolve("waiting.sh"), "while ! test -e '" + go + "'; do sleep 0.02; done; cat\n");
        work.write(".gitattributes", "src/A.java filter=waiting\n").commit("attributes");
        repository.git("config", "filter.waiting.clean", "sh '" + waiting + "'");
        assertThat(worktree.directory().resolve("src/A.java").toFile().setLastModified(1_000_000_000_000L))
                .isTrue();
        return go;
    }

    @Test
    void freesThePlaceBeforeItLooks() throws Exception {
        Path go = makeLooksWait();
        try (WorktreeManager trusting = WorktreeManager.of(repository.open())) {
            CompletionStage<Void> end = trusting.removeLater(worktree, Removal.deletingBranchAt(work.head()));

            assertThat(worktree.directory()).doesNotExist();
            assertThat(end.toCompletableFuture()).isNotDone();
            assertThat(trusting.list()).hasSize(1);
            repository.git("worktree", "prune");
            Worktree next = trusting.add(new WorktreeRequest(worktree.directory(), "feature/next", repository.head()));
            assertThat(TestRepository.at(next.directory()).git("status", "--porcelain"))
                    .isEmpty();
            Files.createFile(go);
            assertThat(end.toCompletableFuture().get(60, TimeUnit.SECONDS)).isNull();
        }
        assertThat(repository.git("worktree", "list", "--porcelain"))
                .contains("refs/heads/feature/next")
                .doesNotContain("refs/heads/feature/a");
        assertThat(repository.git("branch", "--list", "feature/a")).isEmpty();
    }

    @Test
    void isTriedAgainByAPruneWhereItCouldNotGoBack() throws Exception {
        Path parent = Files.createDirectories(folder.resolve("parent"));
        try (WorktreeManager trusting = WorktreeManager.of(repository.open())) {
            Worktree inside =
                    trusting.add(new WorktreeRequest(parent.resolve("wt"), "feature/inside", repository.head()));
            TestRepository.at(inside.directory()).write("untracked.txt", "mine\n");
            CompletionStage<Void> end = trusting.removeLater(inside, Removal.keepingBranch());
            Files.move(parent, folder.resolve("elsewhere"));
            assertThatThrownBy(() -> end.toCompletableFuture().join()).hasCauseInstanceOf(WorktreeException.class);
            Files.move(folder.resolve("elsewhere"), parent);

            trusting.prune();

            assertThat(inside.directory().resolve("untracked.txt")).hasContent("mine");
            assertThat(TestRepository.at(inside.directory()).git("status", "--porcelain"))
                    .isEqualTo("?? untracked.txt");
        }
    }

    @Test
    void putsBackBesideItsPlaceWhatMayNotGo() throws Exception {
        Path go = makeLooksWait();
        work.write("untracked.txt", "mine too\n");
        try (WorktreeManager trusting = WorktreeManager.of(repository.open())) {
            CompletionStage<Void> end = trusting.removeLater(worktree, Removal.keepingBranch());
            Files.createDirectories(worktree.directory());
            Files.createFile(go);

            assertThatThrownBy(() -> end.toCompletableFuture().join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(UnsavedWorkException.class, kept -> {
                        assertThat(kept.directory().getFileName().toString()).startsWith("project-wta-kept-");
                        assertThat(kept.directory().resolve("untracked.txt")).hasContent("mine too");
                        assertThat(TestRepository.at(kept.directory()).git("status", "--porcelain"))
                                .isEqualTo("?? untracked.txt");
                        assertThat(repository.git("worktree", "list", "--porcelain"))
                                .contains("worktree " + kept.directory())
                                .doesNotContain("locked");
                    });
        }
        assertThat(worktree.directory()).isEmptyDirectory();
    }
}
