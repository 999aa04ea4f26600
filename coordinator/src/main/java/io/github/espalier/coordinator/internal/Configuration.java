package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.AheadPolicy;
import io.github.espalier.coordinator.ConflictPolicy;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.LandingOrder;
import io.github.espalier.coordinator.Reaction;
import io.github.espalier.coordinator.RunListener;
import io.github.espalier.coordinator.Survivors;
import io.github.espalier.coordinator.UncommittedWork;
import io.github.espalier.coordinator.Verification;
import io.github.espalier.coordinator.WorktreeSetup;
import io.github.espalier.resources.ResourceLimits;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.separator.EffortEstimate;
import io.github.espalier.separator.TaskSeparator;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.Merger;
import io.github.espalier.worktree.PoolOptions;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.WorktreeManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** What a builder was told, checked: the same for every run of a coordinator. */
public record Configuration(
        GitRepository repository,
        String target,
        InstanceLauncher launcher,
        Instances instances,
        Worktrees worktrees,
        Landings landings,
        Guards guards,
        History history,
        Parts parts) {

    Configuration withTarget(String branch) {
        return new Configuration(repository, branch, launcher, instances, worktrees, landings, guards, history, parts);
    }

    Configuration withVerification(Verification verification) {
        Landings verified = new Landings(
                landings.strategy(),
                Optional.of(verification),
                landings.uncommitted(),
                landings.identity(),
                landings.queue(),
                landings.conflicts(),
                landings.watching(),
                landings.signature());
        return new Configuration(repository, target, launcher, instances, worktrees, verified, guards, history, parts);
    }

    /** How many agents, and how long. */
    public record Instances(
            int most, int attempts, Optional<Duration> timeLimit, Duration stopGrace, Survivors survivors) {}

    /** Where agents work, and what stays of it. */
    public record Worktrees(
            String directoryTemplate,
            String branchTemplate,
            WorktreeSetup setup,
            boolean keepUnlanded,
            boolean rescueIgnored,
            long untrackedLimit) {}

    /** How work lands. */
    public record Landings(
            LandingStrategy strategy,
            Optional<Verification> verification,
            UncommittedWork uncommitted,
            Optional<Identity> identity,
            Queue queue,
            ConflictPolicy conflicts,
            Optional<Watching> watching,
            Signature signature) {}

    /** How commits that land are signed, and whom they name besides. */
    public record Signature(boolean signs, List<Identity> coAuthors) {
        public Signature {
            coAuthors = List.copyOf(coAuthors);
        }
    }

    /** How often running agents are looked at, and what follows where they do not go together. */
    public record Watching(Duration interval, AheadPolicy policy) {}

    /** In which order, how many together, and how many trees are verified at once. */
    public record Queue(LandingOrder order, int batch, int verifications) {}

    /** What is looked at when agents end, and what follows from it. */
    public record Guards(Reaction tampering, Reaction escapingLinks, boolean watchCheckout) {}

    /** How many finished runs are kept, and how long. */
    public record History(int runs, Duration age) {}

    /** Parts that the host may replace; what is empty is made anew for each run. */
    public record Parts(
            Optional<WorktreeManager> worktrees,
            Optional<PoolOptions> pool,
            Optional<TaskSeparator> separator,
            Optional<EffortEstimate> efforts,
            Optional<Merger> merger,
            Optional<ResourceMonitor> resources,
            ResourceLimits limits,
            List<RunListener> listeners,
            Optional<Executor> executor,
            Clock clock) {
        public Parts {
            listeners = List.copyOf(listeners);
        }

        /** A manager to be closed by whoever asks for it, where the host gave none. */
        WorktreeManager ownWorktrees(
                GitRepository repository, TrustedConfiguration trusted, BooleanSupplier roomForSpares) {
            WorktreeManager plain = WorktreeManager.of(repository, trusted);
            return pool.map(options -> WorktreeManager.pooled(
                            plain,
                            options.withRoom(() -> roomForSpares.getAsBoolean()
                                    && options.room().getAsBoolean())))
                    .orElse(plain);
        }
    }
}
