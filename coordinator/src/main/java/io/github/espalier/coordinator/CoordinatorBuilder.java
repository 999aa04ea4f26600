package io.github.espalier.coordinator;

import io.github.espalier.coordinator.internal.Configuration;
import io.github.espalier.coordinator.internal.DefaultCoordinator;
import io.github.espalier.coordinator.internal.SettingsCheck;
import io.github.espalier.resources.ResourceLimits;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.separator.EffortEstimate;
import io.github.espalier.separator.TaskSeparator;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.Merger;
import io.github.espalier.worktree.PoolOptions;
import io.github.espalier.worktree.Rescue;
import io.github.espalier.worktree.WorktreeManager;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Configures a {@link Coordinator}. Repository, target and launcher are required; everything else has a default. Not
 * thread-safe; {@link #build} copies.
 */
public final class CoordinatorBuilder {
    /** How many instances run at once unless told otherwise. */
    public static final int DEFAULT_MAX_INSTANCES = 2;

    /** How many instances may run at once unless {@link #ceiling} raises it. */
    public static final int DEFAULT_CEILING = 3;

    /** How many merged trees are verified at once unless told otherwise, if the machine has room. */
    public static final int DEFAULT_VERIFICATIONS = 2;

    /** How many finished runs are kept unless told otherwise. */
    public static final int DEFAULT_HISTORY_RUNS = 100;

    /** How long finished runs are kept unless told otherwise. */
    public static final Duration DEFAULT_HISTORY_AGE = Duration.ofDays(90);

    private @Nullable Path repository;
    private @Nullable String target;
    private @Nullable InstanceLauncher launcher;
    private int maxInstances = DEFAULT_MAX_INSTANCES;
    private int ceiling = DEFAULT_CEILING;
    private int maxAttempts = 1;
    private @Nullable Duration timeLimit;
    private Duration stopGrace = Duration.ofSeconds(10);
    private Survivors survivors = Survivors.ADOPT;
    private @Nullable Verification verification;
    private LandingStrategy strategy = LandingStrategy.MERGE;
    private LandingOrder landingOrder = LandingOrder.FINISHED;
    private int landingBatch = 1;
    private boolean signs;
    private final List<Identity> coAuthors = new ArrayList<>();
    private ConflictPolicy conflictPolicy = ConflictPolicy.keep();
    private Configuration.@Nullable Watching watching;
    private int maxVerifications = DEFAULT_VERIFICATIONS;
    private UncommittedWork uncommitted = UncommittedWork.COMMIT;
    private Reaction tampering = Reaction.REPORT;
    private Reaction escapingLinks = Reaction.REPORT;
    private boolean watchCheckout = true;
    private int historyRuns = DEFAULT_HISTORY_RUNS;
    private Duration historyAge = DEFAULT_HISTORY_AGE;
    private boolean keepWorktrees = true;
    private boolean rescueIgnored;
    private long untrackedLimit = Rescue.UNTRACKED_LIMIT;
    private String worktreeTemplate = "{repository}-wt{id}";
    private String branchTemplate = "feature/{id}";
    private WorktreeSetup setup = WorktreeSetup.standard();
    private @Nullable Identity identity;
    private ResourceLimits limits = ResourceLimits.defaults();
    private @Nullable ResourceMonitor resources;
    private @Nullable PoolOptions pool;
    private @Nullable TaskSeparator separator;
    private @Nullable EffortEstimate efforts;
    private @Nullable Merger merger;
    private @Nullable WorktreeManager worktrees;
    private final List<RunListener> listeners = new ArrayList<>();
    private @Nullable Executor executor;
    private Clock clock = Clock.systemUTC();

    CoordinatorBuilder() {}

    /**
     * The repository to work on. Required.
     *
     * @param path a checkout, a linked worktree, a bare repository, or a folder in one
     * @return this
     */
    public CoordinatorBuilder repository(Path path) {
        repository = path;
        return this;
    }

    /**
     * The branch that work lands on. Required; it must exist and have a commit.
     *
     * @param branch without {@code refs/heads/}
     * @return this
     */
    public CoordinatorBuilder target(String branch) {
        target = branch;
        return this;
    }

    /**
     * What starts the agents. Required.
     *
     * @param value the launcher
     * @return this
     */
    public CoordinatorBuilder launcher(InstanceLauncher value) {
        launcher = value;
        return this;
    }

    /**
     * How many instances run at once; {@value #DEFAULT_MAX_INSTANCES} by default.
     *
     * @param count at least 1, at most the ceiling
     * @return this
     */
    public CoordinatorBuilder maxInstances(int count) {
        maxInstances = count;
        return this;
    }

    /**
     * Raises how many instances may be asked for; {@value #DEFAULT_CEILING} by default. Agents are heavy: more than three on
     * one machine is to be a decision.
     *
     * @param count the new ceiling
     * @return this
     */
    public CoordinatorBuilder ceiling(int count) {
        ceiling = count;
        return this;
    }

    /**
     * How often a task is launched if its instance is lost; once by default. Only the current attempt's work is taken.
     *
     * @param count at least 1
     * @return this
     */
    public CoordinatorBuilder maxAttempts(int count) {
        maxAttempts = count;
        return this;
    }

    /**
     * How long an agent may run, on a monotonic clock; no limit by default.
     *
     * @param limit more than zero
     * @return this
     */
    public CoordinatorBuilder timeLimit(Duration limit) {
        timeLimit = limit;
        return this;
    }

    /**
     * How long a stopped agent may take to end by itself before it is killed; ten seconds by default.
     *
     * @param grace zero or more
     * @return this
     */
    public CoordinatorBuilder stopGrace(Duration grace) {
        stopGrace = grace;
        return this;
    }

    /**
     * What {@link Coordinator#recover} does with agents that outlived their host; they are adopted by default.
     *
     * @param value the policy
     * @return this
     */
    public CoordinatorBuilder survivors(Survivors value) {
        survivors = value;
        return this;
    }

    /**
     * What a merged tree must pass before it is published; nothing by default.
     *
     * @param value the verification
     * @return this
     */
    public CoordinatorBuilder verify(Verification value) {
        verification = value;
        return this;
    }

    /**
     * How work lands; by a merge commit by default.
     *
     * @param value the strategy
     * @return this
     */
    public CoordinatorBuilder strategy(LandingStrategy value) {
        strategy = value;
        return this;
    }

    /**
     * Which of several finished branches lands first; by default the one that finished first.
     *
     * @param value the order
     * @return this
     */
    public CoordinatorBuilder landingOrder(LandingOrder value) {
        landingOrder = value;
        return this;
    }

    /**
     * How many finished branches are verified and published together at most; each by itself by default. Together they cost
     * one verification, and the target moves once, to the tree that was verified; the trees between are in its history and
     * were never its tip. Where one of them is red it is found by halves.
     *
     * @param most at least 1
     * @return this
     */
    public CoordinatorBuilder landingBatch(int most) {
        landingBatch = most;
        return this;
    }

    /**
     * How many merged trees are verified at once; {@value #DEFAULT_VERIFICATIONS} by default. While the first branch of the
     * queue is verified, the next is already verified on top of it. All but one of them need room by the resource monitor.
     * Each has a worktree of its own, which the next takes over.
     *
     * @param most at least 1
     * @return this
     */
    public CoordinatorBuilder maxVerifications(int most) {
        maxVerifications = most;
        return this;
    }

    /**
     * Whether the commits that are made to land work are signed, as git is configured when a run begins; they are not by
     * default: merges and squashes, each commit of a rebase, resolutions of conflicts, and what takes a landing back. It runs
     * the program that {@code gpg.program} and the like name then.
     *
     * @param sign whether they are
     * @return this
     */
    public CoordinatorBuilder sign(boolean sign) {
        signs = sign;
        return this;
    }

    /**
     * Names somebody by {@code Co-authored-by} in the merge and squash commits that land work, for example the agent. Squash
     * commits of several authors name those in any case.
     *
     * @param identity who
     * @return this
     */
    public CoordinatorBuilder coAuthor(Identity identity) {
        coAuthors.add(identity);
        return this;
    }

    /**
     * What follows when a finished branch does not go together with the target; by default it stays as it is.
     *
     * @param value the policy
     * @return this
     */
    public CoordinatorBuilder onConflict(ConflictPolicy value) {
        conflictPolicy = value;
        return this;
    }

    /**
     * Looks now and then at what running agents have in their worktrees, and tells by {@link RunEvent.ConflictAhead} which of
     * them do not go together, by {@link RunEvent.FootprintExceeded} what they touch besides what their tasks declare. Off by
     * default. Tasks that would touch such a path too wait from then on, and the forecast is made anew. A look costs what changed since the one before, a merge for each pair of which one side changed, and, where
     * there is something to tell, two processes that read the lines in conflict.
     *
     * @param interval from the end of a look to the next, more than zero
     * @param policy what follows from a conflict
     * @return this
     */
    public CoordinatorBuilder watchConflicts(Duration interval, AheadPolicy policy) {
        watching = new Configuration.Watching(interval, policy);
        return this;
    }

    /**
     * What becomes of work left uncommitted after a good end; it is committed by default.
     *
     * @param value the policy
     * @return this
     */
    public CoordinatorBuilder uncommittedWork(UncommittedWork value) {
        uncommitted = value;
        return this;
    }

    /**
     * What follows when, while an agent runs, a file changes that rules what git does: configuration, hooks, attributes, a
     * worktree's {@code .git} file. It is reported by default. If it is refused, no task's work lands until what all
     * worktrees share is as it was when the run began: whose agent changed it cannot be told. Settings of the run's own
     * branches, such as their upstream, are reported and never refused.
     *
     * @param reaction what follows
     * @return this
     */
    public CoordinatorBuilder tampering(Reaction reaction) {
        tampering = reaction;
        return this;
    }

    /**
     * What follows when a task's work adds or changes a symbolic link that leads out of the repository; it is reported by
     * default.
     *
     * @param reaction what follows
     * @return this
     */
    public CoordinatorBuilder escapingLinks(Reaction reaction) {
        escapingLinks = reaction;
        return this;
    }

    /**
     * Whether the user's own checkout, the main worktree, is compared at each agent's end with what it was, so that an agent
     * that writes there is noticed; it is by default. It costs a {@code git status} each time. What differs is reported and
     * never reverted: it may be the user's own edit. Ignored files are not compared.
     *
     * @param watch whether it is compared
     * @return this
     */
    public CoordinatorBuilder watchCheckout(boolean watch) {
        watchCheckout = watch;
        return this;
    }

    /**
     * Whether worktrees of tasks that did not land stay; they do by default. If not, what they hold is rescued first.
     *
     * @param keep whether they stay
     * @return this
     */
    public CoordinatorBuilder keepWorktrees(boolean keep) {
        keepWorktrees = keep;
        return this;
    }

    /**
     * Whether a rescue includes ignored files; it does not by default.
     *
     * @param include whether it does
     * @return this
     */
    public CoordinatorBuilder rescueIgnored(boolean include) {
        rescueIgnored = include;
        return this;
    }

    /**
     * Content that git does not track is copied by a rescue up to this size in total for a task; beyond it none is, the
     * worktree is kept, and the report says so.
     *
     * @param bytes the limit, 1 GiB ({@link Rescue#UNTRACKED_LIMIT}) by default
     * @return this
     */
    public CoordinatorBuilder untrackedLimit(long bytes) {
        untrackedLimit = bytes;
        return this;
    }

    /**
     * Where worktrees go: {@code {repository}-wt{id}} by default.
     *
     * @param template a path, relative to the folder the repository lies in; {@code {id}} is the task's id made safe, {@code
     *     {repository}} the repository's name
     * @return this
     */
    public CoordinatorBuilder worktreeDirectory(String template) {
        worktreeTemplate = template;
        return this;
    }

    /**
     * What branches are called: {@code feature/{id}} by default.
     *
     * @param template a branch name; {@code {id}} and {@code {repository}} as in {@link #worktreeDirectory}
     * @return this
     */
    public CoordinatorBuilder branch(String template) {
        branchTemplate = template;
        return this;
    }

    /**
     * What each new worktree needs.
     *
     * @param value the set-up
     * @return this
     */
    public CoordinatorBuilder setup(WorktreeSetup value) {
        setup = value;
        return this;
    }

    /**
     * How many finished runs are kept, and how long; {@value #DEFAULT_HISTORY_RUNS} and 90 days by default. At the end of a
     * run journals and logs of those that are over either limit are deleted. A run that is not over, whose journal is
     * damaged, or whose work is still held is never deleted; rescues and other refs are not touched.
     *
     * @param runs at least 1
     * @param age more than zero; counted from a run's end
     * @return this
     */
    public CoordinatorBuilder history(int runs, Duration age) {
        historyRuns = runs;
        historyAge = age;
        return this;
    }

    /**
     * Who commits; by default whom git's configuration names, else {@link Identity#DEFAULT}.
     *
     * @param value the identity
     * @return this
     */
    public CoordinatorBuilder identity(Identity value) {
        identity = value;
        return this;
    }

    /**
     * The limits of the default resource monitor.
     *
     * @param value the limits
     * @return this
     */
    public CoordinatorBuilder limits(ResourceLimits value) {
        limits = value;
        return this;
    }

    /**
     * Another resource monitor; it is never closed by the coordinator.
     *
     * @param monitor the monitor
     * @return this
     */
    public CoordinatorBuilder resources(ResourceMonitor monitor) {
        resources = monitor;
        return this;
    }

    /**
     * Another separator; the default reads the target's tree.
     *
     * @param value the separator
     * @return this
     */
    public CoordinatorBuilder separator(TaskSeparator value) {
        separator = value;
        return this;
    }

    /**
     * How long agents are expected to take, which rules which of several tasks starts first, and the {@link Run#forecast()}.
     * By default what a task declares, else what tasks like it took in the last twenty runs.
     *
     * @param value the estimate; must be thread-safe
     * @return this
     */
    public CoordinatorBuilder efforts(EffortEstimate value) {
        efforts = value;
        return this;
    }

    /**
     * Another merger, for example one that may run merge drivers; the default is git's own, which runs none. It merges what
     * lands and what {@link #watchConflicts} looks at, at the same time. It is never closed by the coordinator.
     *
     * @param value the merger; must be thread-safe
     * @return this
     */
    public CoordinatorBuilder merger(Merger value) {
        merger = value;
        return this;
    }

    /**
     * Keeps worktrees for their next tasks, across runs, as {@link WorktreeManager#pooled} does; without it each is made and
     * removed. Has no effect beside {@link #worktrees}. Spares are made only while the resource monitor would admit an agent.
     *
     * @param options how many, and how
     * @return this
     */
    public CoordinatorBuilder pool(PoolOptions options) {
        pool = options;
        return this;
    }

    /**
     * Another worktree manager; it is never closed by the coordinator.
     *
     * @param manager the manager
     * @return this
     */
    public CoordinatorBuilder worktrees(WorktreeManager manager) {
        worktrees = manager;
        return this;
    }

    /**
     * Adds a listener.
     *
     * @param listener is told every event
     * @return this
     */
    public CoordinatorBuilder listener(RunListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Where the coordinator's own work runs; by default on threads of its own. It must have at least {@code maxInstances +
     * maxVerifications + 3} threads to spare; it is never closed by the coordinator. What it rejects is done on a thread of the run's own.
     *
     * @param value the executor
     * @return this
     */
    public CoordinatorBuilder executor(Executor value) {
        executor = value;
        return this;
    }

    /**
     * Where times in reports and events come from. Time limits do not depend on it.
     *
     * @param value the clock
     * @return this
     */
    public CoordinatorBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    /**
     * Checks everything and builds.
     *
     * @return the coordinator
     * @throws ConfigurationException naming all that is wrong; nothing was changed anywhere
     */
    public Coordinator build() {
        SettingsCheck check = new SettingsCheck();
        Optional<GitRepository> opened = check.repository(repository);
        Configuration.Instances instances = instances();
        Configuration.Landings landings = landings();
        Configuration.History history = new Configuration.History(historyRuns, historyAge);
        Configuration.Worktrees places = new Configuration.Worktrees(
                worktreeTemplate, branchTemplate, setup, keepWorktrees, rescueIgnored, untrackedLimit);
        check.instances(instances, ceiling);
        check.landings(landings);
        check.history(history);
        check.worktrees(places);
        check.launcher(launcher, branchTemplate, target);
        check.target(target, opened);
        if (check.failed() || opened.isEmpty() || target == null || launcher == null) {
            throw check.failure();
        }
        return new DefaultCoordinator(new Configuration(
                opened.get(),
                target,
                launcher,
                instances,
                places,
                landings,
                new Configuration.Guards(tampering, escapingLinks, watchCheckout),
                history,
                parts()));
    }

    private Configuration.Instances instances() {
        return new Configuration.Instances(
                maxInstances, maxAttempts, Optional.ofNullable(timeLimit), stopGrace, survivors);
    }

    private Configuration.Landings landings() {
        return new Configuration.Landings(
                strategy,
                Optional.ofNullable(verification),
                uncommitted,
                Optional.ofNullable(identity),
                new Configuration.Queue(landingOrder, landingBatch, maxVerifications),
                conflictPolicy,
                Optional.ofNullable(watching),
                new Configuration.Signature(signs, coAuthors));
    }

    private Configuration.Parts parts() {
        return new Configuration.Parts(
                Optional.ofNullable(worktrees),
                Optional.ofNullable(pool),
                Optional.ofNullable(separator),
                Optional.ofNullable(efforts),
                Optional.ofNullable(merger),
                Optional.ofNullable(resources),
                limits,
                listeners,
                Optional.ofNullable(executor),
                clock);
    }
}
