package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.ConflictPolicy;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.LandingOrder;
import io.github.espalier.coordinator.Reaction;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.Survivors;
import io.github.espalier.coordinator.UncommittedWork;
import io.github.espalier.coordinator.WorktreeSetup;
import io.github.espalier.resources.ResourceLimits;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.IntegrationOutcome;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.TestRepository;
import io.github.espalier.worktree.WorktreeManager;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** What the parts of a run share, over a real repository and without the run. */
final class TestRun implements AutoCloseable {
    static final String TARGET = "roadmap";

    private final TestRepository repository;
    private final WorktreeManager worktrees;
    private final Journal journal;
    private final Queue<RunEvent> events = new ConcurrentLinkedQueue<>();
    private final RunContext context;

    private TestRun(Path folder, UnaryOperator<Configuration> more) {
        repository = TestRepository.create(folder.resolve("project"));
        repository.git("branch", TARGET);
        GitRepository opened = repository.open();
        worktrees = WorktreeManager.of(opened);
        Path directory = opened.stateDirectory().resolve("runs/test");
        journal = Journal.create(folder, directory, Clock.systemUTC());
        context = new RunContext(
                more.apply(configuration(opened, worktrees)),
                "test",
                directory,
                journal,
                new Events(List.of(events::add), Runnable::run),
                Refs.of(opened),
                worktrees,
                new TaskNames(opened, "{repository}-wt{id}", "feature/{id}"),
                Identity.DEFAULT);
    }

    static TestRun in(Path folder) {
        return in(folder, same -> same);
    }

    static TestRun in(Path folder, UnaryOperator<Configuration> more) {
        return new TestRun(folder, more);
    }

    private static Configuration configuration(GitRepository opened, WorktreeManager worktrees) {
        return new Configuration(
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
                        Optional.empty(),
                        ResourceLimits.defaults(),
                        List.of(),
                        Optional.empty(),
                        Clock.systemUTC()));
    }

    TestRepository repository() {
        return repository;
    }

    RunContext context() {
        return context;
    }

    Journal journal() {
        return journal;
    }

    List<RunEvent> events() {
        return List.copyOf(events);
    }

    /** A commit with the tree of the one it is made onto. */
    IntegrationOutcome.Integrated commit(String onto, String message) {
        String tree = repository.resolve(onto + "^{tree}");
        return new IntegrationOutcome.Integrated(repository.git("commit-tree", "-p", onto, "-m", message, tree), tree);
    }

    /** Any other tree than that of the commits here. */
    String otherTree() {
        return repository.git("mktree");
    }

    @Override
    public void close() {
        journal.close();
        worktrees.close();
    }
}
