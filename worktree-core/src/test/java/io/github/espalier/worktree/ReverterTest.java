package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReverterTest {
    private static final Identity ROBOT = new Identity("Robot", "robot@example.org");
    private static final String LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

    @TempDir
    Path folder;

    private TestRepository repository;
    private String before;
    private String landing;

    /** {@code main} merges a branch of two commits: one edits, one renames a file, adds one, and deletes one. */
    @BeforeEach
    void makeRepository() {
        repository = TestRepository.create(folder.resolve("project"));
        repository
                .write("edited.txt", LINES)
                .write("renamed.txt", LINES + "10\n")
                .write("deleted.txt", "d\n")
                .commit("base");
        repository.git("checkout", "-q", "-b", "feature");
        repository.write("edited.txt", LINES.replace("2\n", "two\n")).commit("edit");
        repository.git("mv", "renamed.txt", "new name.txt");
        repository.git("rm", "-q", "deleted.txt");
        repository.write("added.txt", "a\n").commit("move");
        repository.git("checkout", "-q", "main");
        before = repository.write("main.txt", "m\n").commit("on main");
        repository.git("merge", "-q", "--no-ff", "-m", "Land it", "feature");
        landing = repository.head();
    }

    private IntegrationOutcome revert(String from, String to) {
        return Reverter.of(repository.open()).revert(new RevertRequest("main", from, to, "Undo it\n", ROBOT));
    }

    /** Undoes on objects and by git itself, whose tree must be the same. */
    private String assertSameAsGit(String from, String to, String... command) {
        CheckoutFingerprint checkout = CheckoutFingerprint.of(repository.directory(), "none");
        String tip = repository.head();

        IntegrationOutcome.Integrated integrated = (IntegrationOutcome.Integrated) revert(from, to);

        assertThat(CheckoutFingerprint.of(repository.directory(), "none")).isEqualTo(checkout);
        assertThat(repository.git("show", "-s", "--format=%P|%s|%an|%ce", integrated.commit()))
                .isEqualTo(tip + "|Undo it|Robot|robot@example.org");
        repository.git(command);
        assertThat(integrated.tree()).isEqualTo(repository.resolve("HEAD^{tree}"));
        assertThat(repository.resolve(integrated.commit() + "^{tree}")).isEqualTo(integrated.tree());
        return integrated.commit();
    }

    @Test
    void givesTheTreeBeforeALandingWhereNothingCameAfter() {
        String commit = assertSameAsGit(before, landing, "revert", "--no-edit", "-m", "1", landing);

        assertThat(repository.resolve(commit + "^{tree}")).isEqualTo(repository.resolve(before + "^{tree}"));
    }

    @Test
    void keepsWhatCameAfterALanding() {
        repository
                .write("edited.txt", LINES.replace("2\n", "two\n").replace("8\n", "eight\n"))
                .write("new name.txt", LINES + "10\n11\n")
                .write("later.txt", "l\n")
                .commit("later");

        String commit = assertSameAsGit(before, landing, "revert", "--no-edit", "-m", "1", landing);

        assertThat(repository.git("show", commit + ":edited.txt") + "\n").isEqualTo(LINES.replace("8\n", "eight\n"));
        assertThat(repository.git("show", commit + ":renamed.txt")).endsWith("10\n11");
        assertThat(repository.git("ls-tree", "--name-only", commit).lines())
                .contains("deleted.txt", "later.txt", "main.txt")
                .doesNotContain("added.txt", "new name.txt");
    }

    @Test
    void revertsAnOrdinaryCommit() {
        String commit = repository.write("main.txt", "m\nn\n").commit("ordinary");
        repository.write("later.txt", "l\n").commit("later");

        assertSameAsGit(commit + "^", commit, "revert", "--no-edit", commit);
    }

    @Test
    void takesOutTheOtherSideOfAMerge() {
        assertSameAsGit("feature", landing, "revert", "--no-edit", "-m", "2", landing);
    }

    @Test
    void revertsARevert() {
        repository.git("revert", "--no-edit", "-m", "1", landing);
        String revert = repository.head();

        String commit = assertSameAsGit(revert + "^", revert, "revert", "--no-edit", revert);

        assertThat(repository.resolve(commit + "^{tree}")).isEqualTo(repository.resolve(landing + "^{tree}"));
    }

    @Test
    void revertsALandingOfSeveralCommitsAtOnce() {
        repository
                .write("edited.txt", LINES.replace("2\n", "two\n").replace("5\n", "five\n"))
                .commit("one");
        repository
                .write("edited.txt", LINES.replace("2\n", "two\n").replace("5\n", "fünf\n"))
                .commit("two");
        String last = repository.write("three.txt", "3\n").commit("three");
        repository.write("later.txt", "l\n").commit("later");

        String commit = assertSameAsGit(landing, last, "revert", "--no-edit", landing + ".." + last);

        assertThat(repository.git("diff", "--name-only", landing, commit)).isEqualTo("later.txt");
    }

    @Test
    void revertsOnABranchThatHasTheChangeFromElsewhere() {
        repository.git("checkout", "-q", "-b", "release", before);
        repository.git("cherry-pick", "feature~1");
        String tip = repository.head();

        IntegrationOutcome outcome = Reverter.of(repository.open())
                .revert(new RevertRequest("release", "feature~2", "feature~1", "Undo", ROBOT));

        assertThat(outcome).isInstanceOfSatisfying(IntegrationOutcome.Integrated.class, integrated -> {
            assertThat(integrated.tree()).isEqualTo(repository.resolve(before + "^{tree}"));
            assertThat(repository.git("show", "-s", "--format=%P", integrated.commit()))
                    .isEqualTo(tip);
        });
    }

    @Test
    void tellsWhatLaterChangesAreInTheWay() {
        repository.write("edited.txt", LINES.replace("2\n", "zwei\n")).commit("later");

        assertThat(revert(before, landing)).isInstanceOfSatisfying(IntegrationOutcome.Conflicted.class, conflicted -> {
            assertThat(conflicted.conflicts()).extracting(Conflict::path).containsExactly("edited.txt");
            Conflict conflict = conflicted.conflicts().get(0);
            assertThat(conflict.kind()).isEqualTo(ConflictKind.CONTENT);
            assertThat(List.of(conflict.base(), conflict.ours(), conflict.theirs()))
                    .extracting(side -> side.orElseThrow().blob())
                    .containsExactly(
                            repository.resolve(landing + ":edited.txt"),
                            repository.resolve("main:edited.txt"),
                            repository.resolve(before + ":edited.txt"));
        });
    }

    @Test
    void findsNothingToDoTheSecondTime() {
        repository.git("revert", "--no-edit", "-m", "1", landing);
        repository.write("later.txt", "l\n").commit("later");

        assertThat(revert(before, landing)).isEqualTo(new IntegrationOutcome.NothingToIntegrate());
    }

    @Test
    void findsNothingToDoForACommitThatChangesNothing() {
        String empty = repository.commit("empty");

        assertThat(revert(landing, empty)).isEqualTo(new IntegrationOutcome.NothingToIntegrate());
    }

    @Test
    void refusesAChangeWithoutABeginning() {
        assertThatThrownBy(() -> revert(landing, before)).isInstanceOfSatisfying(NotAnAncestorException.class, e -> {
            assertThat(e.ancestor()).isEqualTo(landing);
            assertThat(e.descendant()).isEqualTo(before);
        });
        assertThatThrownBy(() -> revert("missing", landing)).isInstanceOf(UnknownRevisionException.class);
        assertThatThrownBy(() -> new RevertRequest("main", "a", "b", " \n", ROBOT))
                .isInstanceOf(InvalidNameException.class);
    }
}
