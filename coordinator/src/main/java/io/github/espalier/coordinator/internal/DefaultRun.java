package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.ConfigurationException;
import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.Forecast;
import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.Run;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.RunHistory;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.coordinator.Survivors;
import io.github.espalier.coordinator.TaskStatus;
import io.github.espalier.separator.EffortEstimate;
import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskSeparator;
import io.github.espalier.worktree.HostProcess;
import io.github.espalier.worktree.StaleLocks;
import io.github.espalier.worktree.TrackedFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run under way: what it was opened with, its loop, and its report at the end. */
final class DefaultRun implements Run {
    private static final Logger log = LoggerFactory.getLogger(Run.class);

    /** A listener that never returns may not keep the run from ending. */
    private static final Duration LAST_EVENTS = Duration.ofSeconds(10);

    private final OpenRun open;
    private final TaskTable tasks;
    private final RunLoop loop;
    private final Verifier verifier;
    private final CompletableFuture<RunReport> completion = new CompletableFuture<>();
    private final Instant startedAt;

    private DefaultRun(OpenRun open, Separation separation, List<TaskState> states) {
        this.open = open;
        RunContext context = open.context();
        startedAt = context.now();
        verifier = open.closing()
                .later(new Verifier(
                        context,
                        new VerificationRooms(context, open.trusted()),
                        open.resources(),
                        open.work(),
                        context.configuration().landings().queue().verifications()));
        LandingLine line = new LandingLine(context, open.target(), open.integrator(), verifier::passes);
        Guard guard = new Guard(context, new CheckoutWatch(context, open.trusted(), line));
        Finishing finishing = new Finishing(context, open.trusted(), guard);
        Executor landingLane = new SerialExecutor(open.work());
        RunLoop.Steps steps = new RunLoop.Steps(
                new Launching(context, line, guard),
                finishing,
                new Resolving(context, line, finishing, open.trusted(), open.signing(), open.timer()),
                verifier,
                new LandingQueue(context, line, open.integrator(), verifier, guard, landingLane),
                landingLane,
                line,
                new CleanUp(context, finishing));
        Dispatch dispatch = new Dispatch(
                separation,
                context.configuration().parts().efforts().orElseGet(() -> efforts(context, separation.tasks())),
                open.resources(),
                context.configuration().instances().most(),
                !verifier.isOn());
        tasks = new TaskTable(states);
        loop = new RunLoop(context, steps, dispatch, tasks, open.timer(), open.work(), this::over);
    }

    /** Where all declare their effort, no journal is read. */
    private static EffortEstimate efforts(RunContext context, List<Task> tasks) {
        return tasks.stream().allMatch(task -> task.effort().isPresent())
                ? EffortEstimate.declared()
                : RunHistory.of(context.repository()).efforts();
    }

    static DefaultRun start(Configuration configuration, List<Task> tasks) {
        OpenRun open = OpenRun.open(configuration);
        try {
            String tip = open.target().tip();
            Separation separation = separator(configuration, tip).separate(tasks);
            StaleLocks.of(configuration.repository()).remove();
            open.context().worktrees().prune();
            journal(open, tip, separation);
            new AbandonedRooms(open.context()).takeAway();
            List<TaskState> states =
                    separation.tasks().stream().map(TaskState::new).toList();
            DefaultRun run = new DefaultRun(open, separation, states);
            open.closing().later(open.resources().onChange(run::lookAgain));
            log.atInfo()
                    .addKeyValue("run", run.id())
                    .addKeyValue("target", configuration.target())
                    .addKeyValue("tasks", tasks.size())
                    .log("Run begins");
            // All that can fail comes before the first agent.
            Optional<ConflictWatch> watch = configuration
                    .landings()
                    .watching()
                    .map(watching ->
                            open.closing().later(new ConflictWatch(open, run.loop, run.tasks, separation, watching)));
            run.loop.begin();
            watch.ifPresent(ConflictWatch::begin);
            return run;
        } catch (RuntimeException | Error e) {
            discard(open, e);
            throw e;
        }
    }

    /** Lands branches that are there already. */
    static DefaultRun land(Configuration configuration, List<String> branches) {
        OpenRun open = OpenRun.open(configuration);
        try {
            Map<String, String> tips = tips(open, branches);
            StaleLocks.of(configuration.repository()).remove();
            open.context().worktrees().prune();
            journal(open, open.target().tip(), Map.of("kind", "land"));
            new AbandonedRooms(open.context()).takeAway();
            List<TaskState> states = tips.keySet().stream()
                    .map(branch -> new TaskState(Task.builder(branch).build()))
                    .toList();
            states.forEach(state -> open.context().journal().result("task", TaskFields.of(state.task)));
            Separation nothing = separator(configuration, open.target().tip()).separate(List.of());
            DefaultRun run = new DefaultRun(open, nothing, states);
            open.closing().later(open.resources().onChange(run::lookAgain));
            run.loop.land(tips);
            return run;
        } catch (RuntimeException | Error e) {
            discard(open, e);
            throw e;
        }
    }

    /** Nothing was begun: no journal is left either. */
    private static void discard(OpenRun open, Throwable cause) {
        open.closing().close().ifPresent(cause::addSuppressed);
        open.context().journal().discard();
        open.work().end();
    }

    private static Map<String, String> tips(OpenRun open, List<String> branches) {
        Map<String, String> tips = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (String branch : new LinkedHashSet<>(branches)) {
            if (branch.equals(open.target().name())) {
                problems.add("branch " + branch + ": is the target; name the branches to land on it");
                continue;
            }
            open.context()
                    .refs()
                    .read("refs/heads/" + branch)
                    .ifPresentOrElse(
                            tip -> tips.put(branch, tip),
                            () -> problems.add("branch " + branch
                                    + ": there is none of this name; git branch lists those there are"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return tips;
    }

    /** Goes on with a run whose host died; whoever opened it closes it if that fails. */
    static DefaultRun takeUp(OpenRun open, List<TaskState> states, Map<String, Resumption> left) {
        Configuration configuration = open.context().configuration();
        // Nothing is started, so nothing is scheduled.
        Separation nothing = separator(configuration, open.target().tip()).separate(List.of());
        DefaultRun run = new DefaultRun(open, nothing, states);
        log.atInfo()
                .addKeyValue("run", run.id())
                .addKeyValue("tasks", states.size())
                .log("Run is taken up");
        run.loop.takeUp(left, configuration.instances().survivors() == Survivors.STOP);
        return run;
    }

    private void lookAgain() {
        loop.lookAgain();
        verifier.pump();
    }

    private static TaskSeparator separator(Configuration configuration, String tip) {
        return configuration
                .parts()
                .separator()
                .orElseGet(() -> TaskSeparator.of(ProjectTree.of(TrackedFiles.at(configuration.repository(), tip))));
    }

    private static void journal(OpenRun open, String tip, Separation separation) {
        journal(open, tip, Map.of("kind", "run"));
        separation.tasks().forEach(task -> open.context().journal().result("task", TaskFields.of(task)));
    }

    /** The first line of every journal. */
    static void journal(OpenRun open, String tip, Map<String, ?> more) {
        RunContext context = open.context();
        Configuration configuration = context.configuration();
        Map<String, Object> fields = new LinkedHashMap<>(Map.of(
                "run", context.run(),
                "host", HostProcess.self(),
                "target", configuration.target(),
                "tip", tip,
                "filters", open.trusted().digest(),
                "strategy", configuration.landings().strategy(),
                "verified", configuration.landings().verification().isPresent()));
        fields.putAll(more);
        context.journal().intent("run", fields);
    }

    private void over(Optional<CoordinatorException> broken) {
        try {
            end(broken);
        } catch (RuntimeException | Error e) { // of the host's clock, monitor or instances: nobody may wait for ever
            finish(() -> {
                throw broken.orElseGet(() -> failure(e));
            });
        }
    }

    private void end(Optional<CoordinatorException> broken) {
        RunContext context = open.context();
        Instant endedAt = context.now();
        RunReport report = new RunReport(
                id(),
                context.configuration().target(),
                startedAt,
                endedAt,
                tasks.reports(endedAt),
                open.resources().status());
        boolean success = broken.isEmpty() && report.success();
        log.atInfo().addKeyValue("run", id()).addKeyValue("success", success).log("Run over");
        context.publish(now -> new RunEvent.RunFinished(now, id(), success));
        open.closing().later(() -> new RunPruning(context).prune());
        open.closing().later(() -> context.journal().result("over", Map.of("success", success)));
        open.closing().later(verifier); // before the run is over: a recovery looks for what is left of one that is not
        CompletableFuture<Boolean> delivered = new CompletableFuture<>();
        context.events().afterDelivery(() -> delivered.complete(true));
        Supplier<RunReport> result = () -> {
            if (broken.isPresent()) {
                throw broken.get();
            }
            return report;
        };
        delivered
                .completeOnTimeout(false, LAST_EVENTS.toMillis(), TimeUnit.MILLISECONDS)
                .thenAcceptAsync(all -> finish(result), open.work());
    }

    /** Closes all, and then tells the result, or what it throws. */
    private void finish(Supplier<RunReport> result) {
        Optional<Throwable> failure = open.closing().close();
        try {
            RunReport report = result.get();
            failure.ifPresentOrElse(
                    cause -> completion.completeExceptionally(failure(cause)), () -> completion.complete(report));
        } catch (CoordinatorException e) {
            failure.ifPresent(e::addSuppressed);
            completion.completeExceptionally(e);
        }
        open.work().end();
    }

    @Override
    public String id() {
        return open.context().run();
    }

    @Override
    public RunReport await() throws InterruptedException {
        try {
            return completion.get();
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    @Override
    public Optional<RunReport> await(Duration time) throws InterruptedException {
        try {
            return Optional.of(completion.get(time.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private static CoordinatorException failure(Throwable cause) {
        return cause instanceof CoordinatorException known
                ? known
                : new CoordinatorException("the run broke: " + cause.getMessage(), cause);
    }

    @Override
    public CompletionStage<RunReport> completion() {
        return completion.minimalCompletionStage();
    }

    @Override
    public List<TaskStatus> status() {
        return tasks.statuses().stream().map(this::live).toList();
    }

    /** What only the instance knows is asked for outside the loop's lock: it may take milliseconds. */
    private TaskStatus live(TaskStatus status) {
        Optional<Instance> instance = tasks.instance(status.id());
        return new TaskStatus(
                status.id(),
                status.title(),
                status.state(),
                status.phase(),
                status.waitingFor(),
                status.startedAt(),
                status.phase().equals("running") ? instance.flatMap(Instance::usage) : Optional.empty(),
                instance.flatMap(running -> running.log().lastLine()),
                status.outcome());
    }

    @Override
    public Forecast forecast() {
        return loop.forecast();
    }

    @Override
    public void cancel() {
        loop.cancel();
    }

    @Override
    public void close() {
        cancel();
        try {
            completion.join();
        } catch (CompletionException e) {
            log.atDebug().addKeyValue("run", id()).setCause(e).log("Closed a run that broke; await() says how");
        }
    }
}
