package io.github.espalier.coordinator.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.ConflictPolicy;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.LandingOrder;
import io.github.espalier.coordinator.Reaction;
import io.github.espalier.coordinator.Survivors;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.UncommittedWork;
import io.github.espalier.coordinator.WorktreeSetup;
import io.github.espalier.resources.ResourceLimits;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.IntegrationOutcome;
import io.github.espalier.worktree.Integrator;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.TargetBranch;
import io.github.espalier.worktree.TestRepository;
import io.github.espalier.worktree.WorktreeException;
import io.github.espalier.worktree.WorktreeManager;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
    private static final String TARGET = "roadmap";

    @TempDir
    Path folder;

    private TestRepository repository;
    private WorktreeManager worktrees;
    private Journal journal;
    private RunContext context;
    private ScriptedTarget target;
    private LandingLine line;
    private boolean passes = true;

    @BeforeEach
    void open() {
        repository = TestRepository.create(folder.resolve("project"));
        repository.git("branch", TARGET);
        GitRepository opened = repository.open();
        worktrees = WorktreeManager.of(opened);
        journal = Journal.create(folder, opened.stateDirectory().resolve("runs/test"), Clock.systemUTC());
        target = new ScriptedTarget(TargetBranch.of(opened, TARGET));
        Configuration configuration = new Configuration(
                opened,
                TARGET,
                InstanceLauncher.command("true"),
                new Configuration.Instances(1, 1, Optional.empty(), Duration.ZERO, Survivors.ADOPT),
                new Configuration.Worktrees(
                        "{repository}-wt{id}", "feature/{id}", WorktreeSetup.standard(), true, false, 0),
                new Configuration.Landings(
                        LandingStrategy.MERGE,
                        Optional.empty(),
                        UncommittedWork.COMMIT,
                        Optional.empty(),
                        new Configuration.Queue(LandingOrder.FINISHED, 1, 1),
                        ConflictPolicy.keep(),
                        Optional.empty(),
                        new Configuration.Signature(false, List.of())),
                new Configuration.Guards(Reaction.REPORT, Reaction.REPORT, false),
                new Configuration.History(100, Duration.ofDays(90)),
                new Configuration.Parts(
                        Optional.of(worktrees),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ResourceLimits.defaults(),
                        List.of(),
                        Optional.empty(),
                        Clock.systemUTC()));
        context = new RunContext(
                configuration,
                "test",
                opened.stateDirectory().resolve("runs/test"),
                journal,
                new Events(List.of(), Runnable::run),
                Refs.of(opened),
                worktrees,
                new TaskNames(opened, "{repository}-wt{id}", "feature/{id}"),
                Identity.DEFAULT);
        line = newLine();
    }

    private LandingLine newLine() {
        return new LandingLine(context, target, Integrator.of(context.repository()), commit -> passes);
    }

    @AfterEach
    void close() {
        journal.close();
        worktrees.close();
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
        target.afterAdvance = journal::close;

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
        String tree = repository.resolve(onto + "^{tree}");
        return new IntegrationOutcome.Integrated(repository.git("commit-tree", "-p", onto, "-m", message, tree), tree);
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
