package io.github.espalier.coordinator.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.worktree.IntegrationOutcome;
import io.github.espalier.worktree.Integrator;
import io.github.espalier.worktree.TargetBranch;
import io.github.espalier.worktree.TestRepository;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published where, while somebody else moves the target at the worst moment. */
class LandingLineTest {
    private static final String TARGET = TestRun.TARGET;

    @TempDir
    Path folder;

    private TestRun run;
    private TestRepository repository;
    private RunContext context;
    private ScriptedTarget target;
    private LandingLine line;
    private boolean passes = true;

    @BeforeEach
    void open() {
        run = TestRun.in(folder);
        repository = run.repository();
        context = run.context();
        target = new ScriptedTarget(TargetBranch.of(context.repository(), TARGET));
        line = newLine();
    }

    private LandingLine newLine() {
        return new LandingLine(context, target, Integrator.of(context.repository()), commit -> passes);
    }

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void neverPublishesOverACommitThatCameAfterALookAtTheTarget() {
        String onto = line.tip();
        IntegrationOutcome.Integrated work = commit(onto, "work");
        String theirs = commit(onto, "theirs").commit();

        target.afterFirstLook(() -> repository.git("update-ref", "refs/heads/" + TARGET, theirs));
        LandingLine.Published published = publish("a", onto, work);

        assertThat(published).isInstanceOf(LandingLine.Published.Moved.class);
        assertThat(repository.resolve(TARGET)).isEqualTo(theirs);
    }

    @Test
    void neverPublishesHeldWorkOverACommitThatCameAfterALookAtTheTarget() {
        String onto = line.tip();
        hold("a");
        String theirs = commit(onto, "theirs").commit();

        target.afterFirstLook(() -> repository.git("update-ref", "refs/heads/" + TARGET, theirs));
        line.retry();

        assertThat(repository.git("merge-base", "--is-ancestor", theirs, TARGET))
                .isEmpty();
    }

    @Test
    void tellsOfHeldWorkThatSomebodyElseBroughtIn() {
        TaskOutcome.Held held = hold("a");
        repository.git("update-ref", "refs/heads/" + TARGET, held.commit());

        assertThat(line.tip()).isEqualTo(held.commit());

        assertThat(line.retry().landed()).extracting(LandingLine.Held::commit).containsExactly(held.commit());
        assertThat(repository.git("for-each-ref", "refs/espalier/held/")).isEmpty();
    }

    @Test
    void tellsOfAPartOfHeldWorkThatSomebodyElseBroughtIn() {
        TaskOutcome.Held first = hold("a");
        TaskOutcome.Held second = hold("b");
        repository.git("update-ref", "refs/heads/" + TARGET, first.commit());

        target.refuse.add("edited");
        LandingLine.Settled settled = line.retry();

        assertThat(settled.landed()).extracting(LandingLine.Held::commit).containsExactly(first.commit());
        assertThat(line.holds()).isTrue();
        assertThat(line.tip()).isEqualTo(second.commit());
    }

    @Test
    void tellsOfHeldWorkThatNoLongerGoesIn() {
        TaskOutcome.Held held = hold("a");
        String theirs = commit(repository.resolve(TARGET), "theirs").commit();
        repository.git("update-ref", "refs/heads/" + TARGET, theirs);

        passes = false;
        LandingLine.Settled settled = line.retry();

        assertThat(settled.landed()).isEmpty();
        assertThat(settled.dropped()).extracting(LandingLine.Held::ref).containsExactly(held.ref());
        assertThat(repository.resolve(held.ref())).isEqualTo(held.commit());
        assertThat(repository.resolve(TARGET)).isEqualTo(theirs);
    }

    @Test
    void landsThoughSomebodyDeletedTheRefOfWhatWasHeldBefore() {
        TaskOutcome.Held held = hold("a");
        repository.git("update-ref", "-d", held.ref());
        String onto = line.tip();

        LandingLine.Published published = publish("b", onto, commit(onto, "b"));

        assertThat(published)
                .isInstanceOfSatisfying(
                        LandingLine.Published.Done.class,
                        done -> assertThat(done.settled().landed()).hasSize(1));
    }

    @Test
    void hasLandedEvenIfTheJournalCannotBeWrittenAfterwards() {
        String onto = line.tip();
        target.afterAdvance = run.journal()::close;

        LandingLine.Published published = publish("a", onto, commit(onto, "a"));

        assertThat(published).isInstanceOf(LandingLine.Published.Done.class);
    }

    @Test
    void hasLandedEvenIfGitDiesAfterItMovedTheTarget() {
        String onto = line.tip();
        target.afterAdvance = () -> {
            throw new WorktreeException("git died");
        };

        LandingLine.Published published = publish("a", onto, commit(onto, "a"));

        assertThat(published).isInstanceOf(LandingLine.Published.Done.class);
    }

    @Test
    void writesDownWhatItIsAboutToDo() throws IOException {
        TaskOutcome.Held held = hold("a");
        line.retry();

        assertThat(JournalReader.read(context.directory().resolve(Journal.FILE)).entries())
                .extracting(entry -> entry.step() + " " + entry.phase())
                .containsExactly("publish intent", "hold intent", "hold result", "publish result", "release result");
        assertThat(repository.resolve(TARGET)).isEqualTo(held.commit());
    }

    @Test
    void takesOverWhatAnEarlierRunHeldInTheOrderItWasMade() {
        hold("z");
        TaskOutcome.Held last = hold("a");

        LandingLine next = newLine();
        assertThat(next.resume(List.of())).isTrue();
        next.retry();

        assertThat(repository.resolve(TARGET)).isEqualTo(last.commit());
        assertThat(repository.git("for-each-ref", "refs/espalier/held/")).isEmpty();
    }

    @Test
    void takesOverWhatAnEarlierRunHeldAlthoughTheTargetMovedMeanwhile() {
        TaskOutcome.Held held = hold("a");
        String theirs = commit(repository.resolve(TARGET), "theirs").commit();
        repository.git("update-ref", "refs/heads/" + TARGET, theirs);

        LandingLine next = newLine();
        next.resume(List.of());
        next.retry();

        assertThat(repository.git("merge-base", "--is-ancestor", theirs, TARGET))
                .isEmpty();
        assertThat(repository.git("merge-base", "--is-ancestor", held.commit(), TARGET))
                .isEmpty();
    }

    private LandingLine.Published publish(String task, String onto, IntegrationOutcome.Integrated made) {
        return line.publish(List.of(new LandingLine.Landing(task, onto, made)));
    }

    private TaskOutcome.Held hold(String task) {
        String onto = line.tip();
        target.refuse.add("edited");
        return ((LandingLine.Published.Waiting) publish(task, onto, commit(onto, task)))
                .outcomes()
                .get(0);
    }

    private IntegrationOutcome.Integrated commit(String onto, String message) {
        return run.commit(onto, message);
    }

    /** The real target, but for what a test lets happen between two calls. */
    private static final class ScriptedTarget implements TargetBranch {
        private final TargetBranch real;
        private final Queue<String> refuse = new ArrayDeque<>();
        private Runnable afterAdvance = () -> {};
        private Optional<Runnable> meanwhile = Optional.empty();
        private int looks;

        ScriptedTarget(TargetBranch real) {
            this.real = real;
        }

        void afterFirstLook(Runnable action) {
            meanwhile = Optional.of(action);
            looks = 0;
        }

        @Override
        public AdvanceOutcome retreat(String from, String to, String reason) {
            return real.retreat(from, to, reason);
        }

        @Override
        public List<Path> settle(String from, String to, List<Path> locks) {
            return real.settle(from, to, locks);
        }

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public String tip() {
            String tip = real.tip();
            if (++looks == 1) {
                meanwhile.ifPresent(Runnable::run);
            }
            return tip;
        }

        @Override
        public AdvanceOutcome advance(String from, String to, String reason) {
            String refusal = refuse.poll();
            if (refusal != null) {
                return new AdvanceOutcome.Held(Path.of("checkout"), refusal, List.of());
            }
            AdvanceOutcome outcome = real.advance(from, to, reason);
            afterAdvance.run();
            return outcome;
        }
    }
}
