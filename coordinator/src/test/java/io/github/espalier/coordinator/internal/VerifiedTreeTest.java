package io.github.espalier.coordinator.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.coordinator.Verification.Verdict;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.IntegrationOutcome;
import io.github.espalier.worktree.Integrator;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.TargetBranch;
import io.github.espalier.worktree.TrustedConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two guards that no ordinary run can set off: what was verified is what it is said to be, and is what is published. */
class VerifiedTreeTest {
    private static final Verdict GREEN = new Verdict(true, "");

    @TempDir
    Path folder;

    private final List<String> verified = Collections.synchronizedList(new ArrayList<>());
    private TestRun run;
    private Verifier verifier;
    private String before;

    @BeforeEach
    void open() {
        run = TestRun.in(
                folder,
                configuration -> configuration.withVerification(request -> {
                    verified.add(request.commit());
                    return GREEN;
                }));
        RunContext context = run.context();
        VerificationRooms rooms = new VerificationRooms(context, TrustedConfiguration.of(context.repository()));
        verifier = new Verifier(context, rooms, ResourceMonitor.unlimited(), Runnable::run, 1);
        before = run.repository().resolve(TestRun.TARGET);
    }

    @AfterEach
    void close() {
        verifier.close();
        run.close();
    }

    @Test
    void publishesNothingWhoseTreeIsNotTheOneThatWasVerified() {
        IntegrationOutcome.Integrated made = run.commit(before, "work");
        Verifier.Job job = verifier.verify("a", made.commit(), made.tree());
        String other = run.repository().git("commit-tree", "-p", before, "-m", "other", run.otherTree());

        assertThat(job.verdict()).isCompletedWithValueMatching(Verdict::passed);
        assertThatThrownBy(() -> publish(new IntegrationOutcome.Integrated(other, made.tree()), job))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("commit " + other + " has tree " + run.otherTree() + ", and " + made.tree()
                        + " was verified; nothing is published");

        assertThat(run.repository().resolve(TestRun.TARGET)).isEqualTo(before);

        publish(made, job);

        assertThat(run.repository().resolve(TestRun.TARGET + "^{tree}")).isEqualTo(made.tree());
    }

    /** Verdicts are known by tree: a false one would let the next commit with that tree pass unseen. */
    @Test
    void verifiesNoCommitThatHasAnotherTreeThanIsSaid() {
        IntegrationOutcome.Integrated made = run.commit(before, "work");

        Verifier.Job job = verifier.verify("a", made.commit(), run.otherTree());

        assertThat(job.verdict())
                .isCompletedWithValueMatching(
                        verdict -> !verdict.passed() && verdict.reason().contains("has tree " + made.tree()));
        assertThat(verified).isEmpty();
    }

    private List<LandingResult> publish(IntegrationOutcome.Integrated made, Verifier.Job job) {
        RunContext context = run.context();
        LandingLine line = new LandingLine(
                context,
                TargetBranch.of(context.repository(), TestRun.TARGET),
                Integrator.of(context.repository()),
                verifier::passes);
        Candidate candidate =
                new Candidate(Task.builder("a").build(), "feature/a", made.commit(), LandingStrategy.FAST_FORWARD);
        Car car = new Car(List.of(new Car.Coupled(candidate, before, made)), Optional.of(job));
        return new Publication(context, line).publish(car, GREEN);
    }
}
