package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.TargetBranch.AdvanceOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The target moves under checkouts in every place: they follow, or nothing changes. */
class TargetCheckoutPlacesTest extends TargetCheckoutFixture {
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
}
