package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRepositoryTest {
    @TempDir
    Path folder;

    @Test
    void isFoundFromAnyFolderInIt() throws IOException {
        TestRepository repository = TestRepository.create(folder.resolve("project"));
        Path deep = Files.createDirectories(repository.directory().resolve("a/b"));
        Path linked = folder.resolve("linked");
        repository.git("worktree", "add", "-q", "--detach", linked.toString());

        GitRepository opened = repository.open();

        assertThat(GitRepository.open(deep)).isEqualTo(opened);
        assertThat(GitRepository.open(linked)).isEqualTo(opened);
        assertThat(opened.name()).isEqualTo("project");
        assertThat(opened.parent()).isEqualTo(folder.toRealPath());
        assertThat(opened.mainWorktree()).contains(repository.directory().toRealPath());
        assertThat(opened.objectFormat()).isEqualTo("sha1");
    }

    @Test
    void isFoundWhereItIsBare() {
        TestRepository.create(folder.resolve("project")).git("clone", "-q", "--bare", ".", "../tools.git");

        GitRepository bare = GitRepository.open(folder.resolve("tools.git"));

        assertThat(bare.mainWorktree()).isEmpty();
        assertThat(bare.name()).isEqualTo("tools");
    }

    @Test
    void refusesWhatIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        for (Path path : new Path[] {folder, file, folder.resolve("missing")}) {
            assertThatThrownBy(() -> GitRepository.open(path))
                    .isInstanceOf(NotARepositoryException.class)
                    .hasMessageContaining(path.toString());
        }
    }

    @Test
    void knowsWhoCommits() {
        TestRepository repository = TestRepository.create(folder.resolve("project"));

        assertThat(Identity.configuredIn(repository.open())).isEqualTo(new Identity("Test User", "test@example.org"));
        assertThatThrownBy(() -> new Identity("a <b>", "c")).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void movesRefsByCompareAndSwap() {
        TestRepository repository = TestRepository.create(folder.resolve("project"));
        String first = repository.head();
        String second = repository.write("a", "a").commit("second");
        Refs refs = Refs.of(repository.open());

        refs.create("refs/espalier/x", first, "made");
        assertThat(refs.read("refs/espalier/x")).contains(first);
        assertThatThrownBy(() -> refs.create("refs/espalier/x", second, "again"))
                .isInstanceOf(RefMovedException.class);
        assertThatThrownBy(() -> refs.update("refs/espalier/x", first, second, "wrong"))
                .isInstanceOf(RefMovedException.class);
        refs.update("refs/espalier/x", second, first, "moved");
        assertThat(refs.list("refs/espalier/")).containsExactly(java.util.Map.entry("refs/espalier/x", second));
        assertThatThrownBy(() -> refs.delete("refs/espalier/x", first)).isInstanceOf(RefMovedException.class);
        refs.delete("refs/espalier/x", second);
        assertThat(refs.read("refs/espalier/x")).isEmpty();
        assertThat(refs.isAncestor(first, second)).isTrue();
        assertThat(refs.isAncestor(second, first)).isFalse();
        assertThat(refs.commit("main")).contains(second);
        assertThat(refs.commit("nothing")).isEqualTo(Optional.empty());
        assertThat(refs.tree(second)).isEqualTo(repository.resolve("HEAD^{tree}"));
        assertThatThrownBy(() -> refs.create("refs/../x", first, "")).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void isListedWhereAnotherGitIsJustMakingAWorktree() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("project"));
        GitRepository opened = repository.open();
        Path halfMade = Files.createDirectories(
                opened.commonDirectory().resolve("worktrees").resolve("other"));
        Files.createFile(halfMade.resolve("commondir"));
        Files.writeString(halfMade.resolve("gitdir"), folder.resolve("other/.git") + "\n");
        Files.writeString(halfMade.resolve("HEAD"), "ref: refs/heads/main\n");
        try (WorktreeManager worktrees = WorktreeManager.of(opened)) {
            CompletableFuture<Path> made = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return Files.writeString(halfMade.resolve("commondir"), "../..\n");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

            assertThat(worktrees.list()).hasSize(2);
            made.get();
        }
    }
}
