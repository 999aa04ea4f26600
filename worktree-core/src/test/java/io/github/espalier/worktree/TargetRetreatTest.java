package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.TargetBranch.AdvanceOutcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The target moves back under checkouts of it: they follow, or nothing changes. */
class TargetRetreatTest {
    @TempDir
    Path folder;

    private TestRepository repository;
    private String before;
    private String landed;

    /** {@code main} is checked out; what landed last has changed, added and deleted a file. */
    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder.resolve("project"));
        before = repository
                .write("changed.txt", "old\n")
                .write("deleted.txt", "d\n")
                .write("kept.txt", "k\n")
                .commit("base");
        repository.write("changed.txt", "new\n").write("added.txt", "a\n").git("rm", "-q", "deleted.txt");
        landed = repository.commit("landed");
    }

    private AdvanceOutcome retreat(TestRepository opened) {
        return TargetBranch.of(opened.open(), "main").retreat(landed, before, "undo us-1");
    }

    private void assertWentBack(TestRepository checkout) {
        assertThat(repository.resolve("main")).isEqualTo(before);
        assertThat(checkout.head()).isEqualTo(before);
        assertThat(checkout.read("changed.txt")).isEqualTo("old\n");
        assertThat(checkout.read("deleted.txt")).isEqualTo("d\n");
        assertThat(checkout.directory().resolve("added.txt")).doesNotExist();
    }

    private AdvanceOutcome.Held held() {
        CheckoutFingerprint fingerprint = CheckoutFingerprint.of(repository.directory(), "none");

        AdvanceOutcome outcome = retreat(repository);

        assertThat(outcome).isInstanceOf(AdvanceOutcome.Held.class);
        assertThat(CheckoutFingerprint.of(repository.directory(), "none")).isEqualTo(fingerprint);
        assertThat(repository.resolve("main")).isEqualTo(landed);
        return (AdvanceOutcome.Held) outcome;
    }

    @Test
    void bringsACleanCheckoutBack() {
        assertThat(retreat(repository)).isEqualTo(new AdvanceOutcome.Advanced(List.of(repository.directory())));

        assertWentBack(repository);
        assertThat(repository.git("status", "--porcelain")).isEmpty();
        assertThat(repository.git("reflog", "-1", "--format=%gs", "main")).isEqualTo("undo us-1");
    }

    @Test
    void keepsEditsOfOtherFiles() {
        repository.write("kept.txt", "my edit\n").write("untracked.txt", "u\n").write("staged.txt", "s\n");
        repository.git("add", "staged.txt");

        assertThat(retreat(repository)).isInstanceOf(AdvanceOutcome.Advanced.class);

        assertWentBack(repository);
        assertThat(repository.git("status", "--porcelain").lines())
                .containsExactlyInAnyOrder(" M kept.txt", "A  staged.txt", "?? untracked.txt");
        assertThat(repository.read("kept.txt")).isEqualTo("my edit\n");
    }

    @Test
    void holdsWhereAFileThatChangesWasEdited() {
        repository.write("changed.txt", "my edit\n");

        assertThat(held().paths()).containsExactly("changed.txt");
    }

    @Test
    void holdsWhereAFileThatGoesWasEdited() {
        repository.write("added.txt", "my edit\n");

        assertThat(held().paths()).containsExactly("added.txt");
    }

    @Test
    void holdsWhereAnUntrackedFileIsWhereOneComesBack() {
        repository.write("deleted.txt", "mine\n");

        assertThat(held().paths()).containsExactly("deleted.txt");
    }

    @Test
    void bringsALinkedCheckoutBack() {
        repository.git("checkout", "-q", "--detach");
        CheckoutFingerprint main = CheckoutFingerprint.of(repository.directory());
        Path linked = folder.resolve("linked");
        repository.git("worktree", "add", "-q", linked.toString(), "main");

        assertThat(retreat(repository)).isEqualTo(new AdvanceOutcome.Advanced(List.of(linked)));

        assertWentBack(TestRepository.at(linked));
        assertThat(TestRepository.at(linked).git("status", "--porcelain")).isEmpty();
        assertThat(CheckoutFingerprint.of(repository.directory())).isEqualTo(main);
    }

    @Test
    void movesTheBranchOfABareRepositoryBack() {
        Path bare = folder.resolve("bare.git");
        repository.git("clone", "-q", "--bare", ".", bare.toString());

        assertThat(retreat(TestRepository.at(bare))).isEqualTo(new AdvanceOutcome.Advanced(List.of()));

        assertThat(TestRepository.at(bare).resolve("main")).isEqualTo(before);
    }

    @Test
    void tellsThatSomethingCameAfter() {
        String later = repository.write("later.txt", "l\n").commit("later");

        assertThat(retreat(repository)).isEqualTo(new AdvanceOutcome.Moved(later));

        assertThat(repository.head()).isEqualTo(later);
        assertThat(repository.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void refusesToGoWhereTheBranchNeverWas() {
        String elsewhere = repository.git("commit-tree", "-m", "elsewhere", "-p", before, "main^{tree}");
        TargetBranch target = TargetBranch.of(repository.open(), "main");

        assertThatThrownBy(() -> target.retreat(landed, elsewhere, "undo"))
                .isInstanceOfSatisfying(NotAnAncestorException.class, e -> {
                    assertThat(e.ancestor()).isEqualTo(elsewhere);
                    assertThat(e.descendant()).isEqualTo(landed);
                });
        assertThatThrownBy(() -> target.advance(landed, before, "not forward"))
                .isInstanceOf(NotAnAncestorException.class);
        assertThat(repository.resolve("main")).isEqualTo(landed);
    }
}
