package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.LandingStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Landings, taken back. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class UndoTest extends HostTest {
    private String before;

    @BeforeEach
    void makeBranch() {
        host.branch("a", "src/App.java", "class App { int a; }\n");
        host.branch("a", "a.txt", "a\n");
        before = tip();
    }

    private CoordinatorBuilder builder() {
        return host.builder(InstanceLauncher.none());
    }

    private String tip() {
        return host.repository().resolve(TARGET);
    }

    private String tree() {
        return host.repository().resolve(TARGET + "^{tree}");
    }

    /** Lands a branch; returns the id of its landing. */
    private String land(CoordinatorBuilder builder, String branch) {
        assertThat(builder.build().land(List.of(branch)).success()).isTrue();
        return id(branch);
    }

    private String id(String branch) {
        return RunHistory.of(GitRepository.open(host.repository().directory())).landings().stream()
                .filter(landing -> landing.task().equals(branch))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void signsWhatLandsAndWhatTakesItBackAndNamesTheCoAuthors() throws Exception {
        Path signer = Files.writeString(
                folder.resolve("signer"),
                "#!/bin/sh\ncat >/dev/null\necho '[GNUPG:] SIG_CREATED D' >&2; echo 'a signature'\n");
        assertThat(signer.toFile().setExecutable(true)).isTrue();
        host.repository().git("config", "gpg.program", signer.toString());
        CoordinatorBuilder signing = builder().sign(true).coAuthor(new Identity("Ann", "ann@example.org"));

        String id = land(signing, "a");
        assertThat(host.repository().git("cat-file", "commit", TARGET))
                .contains("gpgsig a signature")
                .contains("\nEspalier-Task: a\n")
                .contains("\nCo-authored-by: Ann <ann@example.org>");

        assertThat(signing.build().undo(id, Undo.REVERT)).isInstanceOf(UndoOutcome.Undone.class);
        assertThat(host.repository().git("cat-file", "commit", TARGET)).contains("gpgsig a signature");
    }

    @ParameterizedTest
    @EnumSource(LandingStrategy.class)
    void revertsALandingWholeHoweverItCameIn(LandingStrategy strategy) {
        host.branch(TARGET, "other.txt", "other\n");
        if (strategy == LandingStrategy.FAST_FORWARD) {
            host.repository().git("update-ref", "refs/heads/" + TARGET, before);
        }
        String tree = tree();
        String id = land(builder().strategy(strategy), "a");
        String landed = tip();

        UndoOutcome outcome = builder().build().undo(id, Undo.REVERT);

        assertThat(outcome).isEqualTo(new UndoOutcome.Undone(tip()));
        assertThat(tree()).isEqualTo(tree);
        assertThat(host.repository().resolve(TARGET + "^")).isEqualTo(landed);
        assertThat(host.repository().git("log", "-1", "--format=%B", TARGET))
                .startsWith("Undo a\n")
                .contains("\nEspalier-Undoes: " + id + "\n");
        assertThat(host.repository().git("for-each-ref", "refs/espalier/landing/"))
                .isEmpty();
    }

    @Test
    void leavesWhatCameAfterItOnOtherFiles() {
        land(builder(), "a");
        String landed = tip();
        host.branch(TARGET, "later.txt", "later\n");

        assertThat(builder().build().undo(landed, Undo.REVERT)).isInstanceOf(UndoOutcome.Undone.class);

        assertThat(host.onTarget("src/App.java")).isEqualTo("class App {}");
        assertThat(host.onTarget("later.txt")).isEqualTo("later");
    }

    @Test
    void changesNothingWhereWhatCameAfterBuildsOnIt() {
        String id = land(builder(), "a");
        host.branch(TARGET, "src/App.java", "class App { int more; }\n");
        String refs = refs();

        UndoOutcome outcome = builder().build().undo(id, Undo.REVERT);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        UndoOutcome.Conflicted.class,
                        conflicted -> assertThat(conflicted.conflicts())
                                .extracting(Conflict::path)
                                .containsExactly("src/App.java"));
        assertThat(refs()).isEqualTo(refs);
    }

    @Test
    void movesTheTargetBackAndKeepsTheCommits() {
        String id = land(builder().strategy(LandingStrategy.REBASE), "a");
        String landed = tip();

        assertThat(builder().build().undo(id, Undo.MOVE_BACK)).isEqualTo(new UndoOutcome.Undone(before));

        assertThat(tip()).isEqualTo(before);
        assertThat(host.repository().resolve("refs/espalier/undone/" + id)).isEqualTo(landed);
        assertThat(builder().build().undo(id, Undo.MOVE_BACK)).isInstanceOf(UndoOutcome.NotPossible.class);
        assertThat(builder().build().undo(id, Undo.REVERT).describe()).contains("is not on roadmap");
        assertThat(tip()).isEqualTo(before);
    }

    @Test
    void doesNotMoveBackOverWhatCameAfter() {
        String id = land(builder(), "a");
        host.branch(TARGET, "later.txt", "later\n");
        String refs = refs();

        UndoOutcome outcome = builder().build().undo(id, Undo.MOVE_BACK);

        assertThat(outcome.describe()).isEqualTo("commits came after it, up to " + tip() + "; revert it instead");
        assertThat(refs()).isEqualTo(refs);
    }

    @Test
    void doesNotRevertTwice() {
        String id = land(builder(), "a");
        builder().build().undo(id, Undo.REVERT);
        String refs = refs();

        assertThat(builder().build().undo(id, Undo.REVERT))
                .isEqualTo(new UndoOutcome.NotPossible("nothing of it is left on roadmap"));
        assertThat(refs()).isEqualTo(refs);
    }

    @Test
    void changesNothingWhereTheTargetWouldBeRed() {
        String id = land(builder(), "a");
        String refs = refs();

        UndoOutcome outcome = builder()
                .verify(request -> new Verification.Verdict(
                        Files.exists(request.directory().resolve("a.txt")), "a.txt is gone"))
                .build()
                .undo(id, Undo.REVERT);

        assertThat(outcome).isEqualTo(new UndoOutcome.VerificationFailed("a.txt is gone"));
        assertThat(refs()).isEqualTo(refs);
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Undo.class)
    void changesNothingWhereACheckoutCannotFollow(Undo how) {
        String id = land(builder(), "a");
        host.repository().git("switch", "-q", TARGET);
        host.repository().write("src/App.java", "my own edit\n");
        String refs = refs();

        UndoOutcome outcome = builder().build().undo(id, how);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        UndoOutcome.CannotFollow.class,
                        held -> assertThat(held.checkout())
                                .isEqualTo(host.repository().directory()));
        assertThat(refs()).isEqualTo(refs);
        assertThat(host.repository().read("src/App.java")).isEqualTo("my own edit\n");
        assertThat(host.repository().git("status", "--porcelain")).isEqualTo(" M src/App.java");
        host.repository().git("checkout", "-q", "--", "src/App.java");
        host.repository().git("switch", "-q", "main");
    }

    @Test
    void takesOneOfABatchBackAndVerifiesWhatTheBatchNeverPublished() {
        host.branch("b", "b.txt", "b\n");
        // Red where b.txt is missing: only both together pass.
        Verification both = request ->
                new Verification.Verdict(Files.exists(request.directory().resolve("b.txt")), "b.txt is missing");
        builder().verify(both).landingBatch(2).build().land(List.of("a", "b"));
        String refs = refs();

        assertThat(builder().verify(both).build().undo(id("b"), Undo.MOVE_BACK))
                .isEqualTo(new UndoOutcome.VerificationFailed("b.txt is missing"));
        assertThat(refs()).isEqualTo(refs);

        assertThat(builder().verify(both).build().undo(id("a"), Undo.REVERT)).isInstanceOf(UndoOutcome.Undone.class);
        assertThat(host.onTarget("b.txt")).isEqualTo("b");
        assertThat(host.onTarget("src/App.java")).isEqualTo("class App {}");
    }

    @Test
    void refusesWhatIsNoLanding() {
        land(builder(), "a");

        assertThatThrownBy(() -> builder().build().undo("a", Undo.REVERT))
                .isInstanceOf(CoordinatorException.class)
                .hasMessage("a: no landing of this name is recorded; espalier status lists those there are");
    }

    private String refs() {
        return host.repository().git("for-each-ref");
    }
}
