package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.ConflictPolicy;
import io.github.espalier.coordinator.ConflictResolver;
import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.FailureReason;
import io.github.espalier.coordinator.Forecast;
import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.internal.TaskState.Phase;
import io.github.espalier.resources.Reservation;
import io.github.espalier.separator.Plan;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.Worktree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every task from waiting to its outcome. All state is changed on one lane, in short steps; git and agents work
 * elsewhere and report back to the lane.
 */
final class RunLoop {
    private static final Logger log = LoggerFactory.getLogger(RunLoop.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    /** A look at the user's checkout and a removal. */
    private static final int CLEAN_UPS_A_PLACE = 2;

    private final RunContext context;
    private final Steps steps;
    private final TaskTable tasks;
    private final Dispatch dispatch;
    private final Timer timer;
    private final Lane lane;
    private final Executor work;
    private final HeldTasks heldTasks;
    private final Chronicle chronicle;
    private final Replanning replanning;
    private final CleanUpLine cleanUps;
    private final Consumer<Optional<CoordinatorException>> whenOver;
    private long starts;
    private boolean startsNothing;
    private boolean cancelled;
    private boolean over;
    private boolean askingAgain;
    private @Nullable CoordinatorException broken;

    /** The long steps of a task. */
    record Steps(
            Launching launching,
            Finishing finishing,
            Resolving resolving,
            Verifier verifier,
            LandingQueue landing,
            Executor landingLane,
            LandingLine line,
            CleanUp cleanUp) {}

    RunLoop(
            RunContext context,
            Steps steps,
            Dispatch dispatch,
            TaskTable tasks,
            Timer timer,
            Executor work,
            Consumer<Optional<CoordinatorException>> whenOver) {
        this.context = context;
        this.steps = steps;
        this.tasks = tasks;
        this.dispatch = dispatch;
        this.timer = timer;
        this.work = work;
        this.whenOver = whenOver;
        lane = new Lane(tasks, work, this::breakOff);
        chronicle = new Chronicle(context, this::breakOff);
        heldTasks = new HeldTasks(steps.line(), lane, steps.landingLane(), timer, this::settled, this::breakOff);
        replanning = new Replanning(context, dispatch, tasks.all(), lane, work, timer);
        cleanUps = new CleanUpLine(
                CLEAN_UPS_A_PLACE * context.configuration().instances().most(), lane, work);
    }

    void begin() {
        lane.execute(() -> {
            context.publish(now -> new RunEvent.RunStarted(now, context.run(), tasks.ids()));
            heldTasks.resume(tasks.ids(), this::dispatch);
        });
    }

    /** Lands branches that are there already. */
    void land(Map<String, String> tips) {
        lane.execute(() -> {
            context.publish(now -> new RunEvent.RunStarted(now, context.run(), tasks.ids()));
            heldTasks.resume(tasks.ids(), () -> {
                if (!cancelled) {
                    tips.forEach((branch, tip) -> state(branch).commit = tip);
                    steps.landing()
                            .land(tips.entrySet().stream()
                                    .map(entry -> candidate(
                                            state(entry.getKey()),
                                            entry.getKey(),
                                            entry.getValue(),
                                            context.configuration().landings().strategy()))
                                    .toList());
                }
                finishIfOver();
            });
        });
    }

    /**
     * Takes up what a host that died has left. Nothing is started that had not been.
     *
     * @param stopsAgents whether agents that still run are ended
     */
    void takeUp(Map<String, Resumption> left, boolean stopsAgents) {
        lane.execute(() -> {
            startsNothing = true;
            context.publish(now -> new RunEvent.RunStarted(now, context.run(), tasks.ids()));
            heldTasks.resume(tasks.ids(), () -> {
                left.forEach((id, resumption) -> guarded(state(id), () -> takeUp(state(id), resumption, stopsAgents)));
                dispatch();
            });
        });
    }

    private void takeUp(TaskState state, Resumption left, boolean stopsAgents) {
        if (left instanceof Resumption.Watching watching) {
            watch(state, watching.instance());
            if (stopsAgents) {
                stop(state);
            }
        } else if (left instanceof Resumption.Decided decided) {
            decided(state, decided.outcome());
        } else if (left instanceof Resumption.Holding holding) {
            state.phase = Phase.HELD;
            state.held = holding.held();
        } else if (left instanceof Resumption.Over over) {
            state.conclude(over.outcome(), context.now());
            state.phase = Phase.DONE;
            if (!over.cleaned()) {
                clean(state, over.outcome());
            }
        }
    }

    /** It may be worth looking again: the machine has other readings. */
    void lookAgain() {
        lane.execute(this::dispatch);
    }

    void cancel() {
        lane.execute(() -> {
            if (!cancelled && !over) {
                log.atInfo().addKeyValue("run", context.run()).log("Cancelling");
                stopAll();
                finishIfOver();
            }
        });
    }

    Forecast forecast() {
        Instant now = context.now();
        Supplier<Plan> plan;
        synchronized (tasks) {
            plan = dispatch.forecast(tasks.all(), now);
        }
        return new Forecast(now, plan.get());
    }

    private void stopAll() {
        cancelled = true;
        replanning.stop();
        steps.launching().stop();
        steps.verifier().stop();
        steps.resolving().stop();
        List<TaskState> waiting = tasks.in(Phase.WAITING);
        waiting.forEach(state -> state.phase = Phase.DONE);
        tasks.in(Phase.RUNNING).forEach(this::stop);
        waiting.forEach(state -> conclude(state, new TaskOutcome.Cancelled()));
    }

    /** Whatever breaks, no agent is left running unwatched. */
    private void breakOff(Throwable cause) {
        try {
            if (broken == null) {
                broken = broken(cause);
                stopAll();
            }
        } finally {
            finishIfOver();
        }
    }

    private CoordinatorException broken(Throwable cause) {
        log.atError().addKeyValue("run", context.run()).setCause(cause).log("The run broke");
        return new CoordinatorException("run " + context.run() + " broke: " + cause.getMessage(), cause);
    }

    private void dispatch() {
        if (cancelled || over) {
            finishIfOver();
            return;
        }
        if (startsNothing) {
            tasks.in(Phase.WAITING).forEach(state -> {
                state.phase = Phase.DONE;
                conclude(state, new TaskOutcome.Cancelled());
            });
            finishIfOver();
            return;
        }
        Instant now = context.now();
        Dispatch.Decision decision = dispatch.decide(tasks.all());
        decision.starts().forEach((id, reservation) -> start(state(id), reservation, now));
        decision.waits().forEach((id, reason) -> {
            if (state(id).waitFor(reason, now)) {
                context.publish(at -> new RunEvent.TaskWaiting(at, id, reason));
            }
        });
        decision.skips().forEach((id, dependency) -> skip(state(id), dependency));
        if (!decision.skips().isEmpty()) {
            dispatch(); // what depends on a skipped task is skipped too
        } else if (decision.waitsForResources() && !askingAgain) {
            askingAgain = true;
            timer.after(
                    ASK_AGAIN,
                    () -> lane.execute(() -> {
                        askingAgain = false;
                        dispatch();
                    }));
        }
        finishIfOver();
    }

    private void skip(TaskState state, String dependency) {
        TaskOutcome outcome = state(dependency).outcome;
        String why = "it depends on " + dependency + ", which did not land"
                + (outcome == null ? "" : ": " + outcome.describe());
        state.phase = Phase.DONE;
        conclude(state, new TaskOutcome.Skipped(dependency, why));
    }

    private void start(TaskState state, Reservation reservation, Instant now) {
        state.begin(now, reservation);
        int attempt = state.attempt;
        inBackground(state, () -> steps.launching().launch(state.task, attempt), launched -> started(state, launched));
    }

    private void started(TaskState state, Launched launched) {
        launched.worktree().ifPresent(worktree -> state.worktree = worktree);
        launched.instance().ifPresent(instance -> watch(state, instance));
        state.note(launched.notes());
        launched.notes().forEach(note -> context.publish(now -> new RunEvent.Noted(now, state.task.id(), note)));
        if (launched.instance().isPresent()) {
            chronicle.started(state, launched.instance().get());
        } else {
            state.releaseMachine();
            keep(state, launched.failure().orElseThrow());
        }
        finishIfOver();
    }

    /** Before anything that could fail: whatever comes, an agent that runs is stopped, and its end is seen. */
    private void watch(TaskState state, Instance instance) {
        int attempt = state.attempt;
        state.phase = Phase.RUNNING;
        state.started = starts++;
        state.instance = instance;
        replanning.begun(state);
        Ends.of(instance).thenAccept(end -> lane.execute(() -> guarded(state, () -> ended(state, attempt, end))));
        timeLimit()
                .ifPresent(limit ->
                        state.timeout = timer.after(limit, () -> lane.execute(() -> timeOut(state, attempt))));
        if (cancelled) {
            stop(state);
        }
    }

    private void timeOut(TaskState state, int attempt) {
        if (state.phase == Phase.RUNNING && state.attempt == attempt && !cancelled) {
            log.atWarn().addKeyValue("task", state.task.id()).log("Time limit reached");
            state.timedOut = true;
            stop(state);
        }
    }

    private void stop(TaskState state) {
        try {
            Objects.requireNonNull(state.instance)
                    .stop(context.configuration().instances().stopGrace());
        } catch (RuntimeException | Error e) { // the launcher's code: the others must be stopped all the same
            log.atError().addKeyValue("task", state.task.id()).setCause(e).log("Could not stop an agent");
        }
    }

    private void ended(TaskState state, int attempt, InstanceEnd end) {
        if (state.phase != Phase.RUNNING || state.attempt != attempt) {
            log.atWarn()
                    .addKeyValue("task", state.task.id())
                    .addKeyValue("attempt", attempt)
                    .log("An earlier attempt ended late; its work is not taken");
            return;
        }
        state.phase = Phase.FINISHING;
        state.ended(end);
        chronicle.ended(state, end);
        replanning.ended(state);
        boolean again = end instanceof InstanceEnd.Lost
                && attempt < context.configuration().instances().attempts()
                && !cancelled
                && !startsNothing;
        if (state.setBack && !cancelled && end instanceof InstanceEnd.Stopped) {
            launchAgain(state, attempt, end);
        } else if (Ends.isGood(end)) {
            takeOver(state);
        } else if (again) {
            state.note(List.of("attempt " + attempt + " was lost; its worktree "
                    + worktree(state).directory() + " is left as it is"));
            launchAgain(state, attempt, end);
        } else {
            keep(state, Ends.outcome(end, timeLimit().filter(limit -> state.timedOut), cancelled || startsNothing));
        }
        dispatch();
    }

    /** A lost attempt may still be at work: what it has written is kept as it is now, and its worktree stays. */
    private void launchAgain(TaskState state, int attempt, InstanceEnd end) {
        Worktree worktree = worktree(state);
        TaskOutcome lost = Ends.outcome(end, Optional.empty(), false);
        inBackground(state, () -> steps.finishing().keep(state.task, attempt, worktree, lost), rescued -> {
            state.take(rescued);
            lookAtCheckout(state);
            if (cancelled) {
                decided(state, lost);
            } else {
                state.phase = Phase.WAITING;
                dispatch();
            }
        });
    }

    private Optional<Duration> timeLimit() {
        return context.configuration().instances().timeLimit();
    }

    /** Nothing lands: rescue what there is. */
    private void keep(TaskState state, TaskOutcome outcome) {
        Worktree worktree = state.worktree;
        int attempt = state.attempt;
        state.phase = Phase.FINISHING;
        if (worktree == null) {
            decided(state, outcome);
        } else {
            inBackground(
                    state,
                    () -> steps.finishing().keep(state.task, attempt, worktree, outcome),
                    rescued -> taken(state, rescued));
        }
    }

    private void takeOver(TaskState state) {
        Worktree worktree = worktree(state);
        Instance instance = Objects.requireNonNull(state.instance);
        int attempt = state.attempt;
        state.phase = Phase.FINISHING;
        inBackground(
                state,
                () -> steps.finishing().takeOver(state.task, attempt, worktree, instance),
                taken -> taken(state, taken));
    }

    private void taken(TaskState state, Work taken) {
        state.take(taken);
        if (taken.tip().isPresent() && !cancelled) {
            land(state, worktree(state).branch(), taken.tip().get());
        } else {
            lookAtCheckout(state);
            decided(state, taken.outcome().orElseGet(TaskOutcome.Cancelled::new));
        }
    }

    private void land(TaskState state, String branch, String tip) {
        steps.landing()
                .land(List.of(candidate(
                        state, branch, tip, context.configuration().landings().strategy())));
    }

    private Candidate candidate(TaskState state, String branch, String tip, LandingStrategy strategy) {
        state.phase = Phase.LANDING;
        Candidate candidate = new Candidate(state.task, branch, tip, strategy);
        candidate.result.thenAccept(result -> lane.execute(() -> guarded(state, () -> landed(state, result))));
        return candidate;
    }

    private void landed(TaskState state, LandingResult result) {
        settled(result.settled());
        state.note(result.notes());
        result.notes().forEach(note -> context.publish(now -> new RunEvent.Noted(now, state.task.id(), note)));
        lookAtCheckout(state);
        if (result.outcome() instanceof TaskOutcome.Conflicted conflicted && goesOn(state, conflicted)) {
            finishIfOver();
            return;
        }
        if (result.outcome() instanceof TaskOutcome.Held waiting) {
            state.phase = Phase.HELD;
            state.held = waiting;
            state.note(List.of(waiting.describe()));
            context.publish(now -> new RunEvent.Noted(now, state.task.id(), waiting.describe()));
            heldTasks.watch();
            dispatch();
        } else {
            decided(state, result.outcome());
        }
    }

    /** Whether the conflict is not the end of it, by the host's policy. */
    private boolean goesOn(TaskState state, TaskOutcome.Conflicted conflicted) {
        ConflictPolicy policy = context.configuration().landings().conflicts();
        String earlier = state.resolved;
        if (earlier != null && !cancelled && state.resolvedTip.equals(state.commit)) {
            state.resolved = null;
            List<String> notes = List.of("the conflict had been resolved before its host died");
            resolved(state, conflicted, new Resolving.Resolved(Optional.of(earlier), notes));
            return true;
        }
        boolean stays =
                policy.resolver().filter(ConflictResolver.none()::equals).isPresent();
        boolean over = cancelled || startsNothing || state.conflicts >= policy.attempts();
        if (stays || over || conflicted.conflicts().isEmpty()) {
            return false;
        }
        int attempt = ++state.conflicts;
        String tip = Objects.requireNonNull(state.commit);
        if (policy.resolver().isPresent()) {
            state.phase = Phase.FINISHING;
            inBackground(
                    state,
                    () -> steps.resolving().resolve(state.task, tip, conflicted, attempt),
                    resolved -> resolved(state, conflicted, resolved));
            return true;
        } else if (state.worktree != null) {
            note(
                    state,
                    "attempt " + state.attempt + " was in conflict (" + conflicted.reason() + "); it is left on "
                            + worktree(state).branch() + " and the task is done again");
            state.phase = Phase.WAITING;
            dispatch();
            return true;
        }
        return false;
    }

    private void resolved(TaskState state, TaskOutcome.Conflicted conflicted, Resolving.Resolved resolved) {
        resolved.notes().forEach(note -> note(state, note));
        if (resolved.tip().isPresent() && !cancelled) {
            LandingStrategy strategy = context.configuration().landings().strategy();
            // A merge of both sides cannot be rebased, nor be a fast-forward where the target moves on.
            steps.landing()
                    .land(List.of(candidate(
                            state,
                            branch(state),
                            resolved.tip().get(),
                            strategy == LandingStrategy.SQUASH ? strategy : LandingStrategy.MERGE)));
        } else if (!goesOn(state, conflicted)) {
            decided(state, conflicted);
        }
    }

    private void note(TaskState state, String note) {
        state.note(List.of(note));
        context.publish(now -> new RunEvent.Noted(now, state.task.id(), note));
    }

    private static String branch(TaskState state) {
        return state.worktree == null ? state.task.id() : worktree(state).branch();
    }

    /** Stops a task's agent in favour of another's, and does the task again once that has landed or failed. */
    void setBack(String task, String inFavourOf) {
        lane.execute(() -> {
            TaskState state = state(task);
            if (state.phase == Phase.RUNNING
                    && !cancelled
                    && state(inFavourOf).outcome == null
                    && state.setBackFor.add(inFavourOf)) {
                context.publish(now -> new RunEvent.TaskSetBack(now, task, inFavourOf));
                note(
                        state,
                        "attempt " + state.attempt + " was stopped in favour of " + inFavourOf
                                + ", with which it did not go together");
                state.setBack = true;
                stop(state);
            }
        });
    }

    /** A running agent was seen to change what it was not known to change, some of it beyond its task's footprint. */
    void touched(String task, List<String> beyond, List<String> news) {
        lane.execute(() -> {
            if (!beyond.isEmpty()) {
                context.publish(now -> new RunEvent.FootprintExceeded(now, task, beyond));
            }
            replanning.touched(state(task), news, !beyond.isEmpty());
            dispatch();
        });
    }

    void publish(Function<Instant, RunEvent> event) {
        lane.execute(() -> context.publish(event));
    }

    LandingQueue landings() {
        return steps.landing();
    }

    private void settled(LandingLine.Settled settled) {
        for (LandingLine.Held landing : settled.landed()) {
            held(landing).ifPresent(state -> decided(state, new TaskOutcome.Landed(landing.commit(), landing.tree())));
        }
        for (LandingLine.Held landing : settled.dropped()) {
            held(landing).ifPresent(state -> decided(state, heldAt(state, landing.commit())));
        }
    }

    private static TaskOutcome.Held heldAt(TaskState state, String commit) {
        TaskOutcome.Held held = Objects.requireNonNull(state.held);
        return new TaskOutcome.Held(held.ref(), commit, held.checkout(), held.reason());
    }

    private Optional<TaskState> held(LandingLine.Held landing) {
        return landing.task().map(this::state).filter(state -> state.phase == Phase.HELD);
    }

    /** The outcome is known: others may go on, and the worktree may go. */
    private void decided(TaskState state, TaskOutcome outcome) {
        clean(state, outcome);
        conclude(state, outcome);
        dispatch();
    }

    private void clean(TaskState state, TaskOutcome outcome) {
        Worktree worktree = state.worktree;
        int attempt = state.attempt;
        boolean lost = outcome instanceof TaskOutcome.InstanceFailed failed && failed.reason() == FailureReason.LOST;
        boolean stays = !outcome.success()
                && (lost || context.configuration().worktrees().keepUnlanded());
        if (worktree == null || stays) {
            state.phase = Phase.DONE;
        } else {
            state.phase = Phase.CLEANING;
            Optional<String> tip = Optional.ofNullable(state.commit).filter(commit -> outcome.success());
            whenNobodyWaits(state, () -> steps.cleanUp().remove(state.task, attempt, worktree, tip), cleaned -> {
                state.take(cleaned);
                state.phase = Phase.DONE;
            });
        }
    }

    private void lookAtCheckout(TaskState state) {
        whenNobodyWaits(state, () -> steps.finishing().lookAtCheckout(state.task), state::note);
    }

    private <T> void whenNobodyWaits(TaskState state, Supplier<T> slow, Consumer<T> then) {
        cleanUps.add(
                slow,
                result -> guarded(state, () -> {
                    then.accept(result);
                    finishIfOver();
                }),
                e -> broke(state, e));
    }

    private void conclude(TaskState state, TaskOutcome outcome) {
        state.conclude(outcome, context.now());
        chronicle.concluded(state, outcome);
    }

    private <T> void inBackground(TaskState state, Supplier<T> slow, Consumer<T> then) {
        lane.await(work, slow, result -> guarded(state, () -> then.accept(result)), e -> broke(state, e));
    }

    /** A task whose step fails has no other step to come. */
    private void guarded(TaskState state, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            broke(state, e);
        }
    }

    private void broke(TaskState state, Throwable cause) {
        try {
            if (state.phase != Phase.RUNNING) { // a running agent is stopped, and its end is still to come
                state.phase = Phase.DONE;
                state.releaseMachine();
                if (state.outcome == null) {
                    conclude(
                            state, new TaskOutcome.InstanceFailed(FailureReason.INFRASTRUCTURE, String.valueOf(cause)));
                }
            }
        } finally {
            breakOff(cause);
        }
    }

    private void finishIfOver() {
        cleanUps.begin(tasks.all().stream().anyMatch(this::isUrgent));
        if (over || !tasks.isDone() || !cleanUps.isOver()) {
            return;
        }
        List<TaskState> stillHeld = tasks.in(Phase.HELD);
        if ((!stillHeld.isEmpty() || steps.line().holds()) && !heldTasks.triedLast(this::finishIfOver)) {
            return;
        }
        over = true;
        replanning.stop();
        stillHeld.forEach(state -> state.phase = Phase.DONE);
        try {
            for (TaskState state : stillHeld) {
                conclude(state, heldAt(state, steps.line().commit(Objects.requireNonNull(state.held))));
            }
        } catch (RuntimeException | Error e) {
            broken = broken == null ? broken(e) : broken;
        }
        whenOver.accept(Optional.ofNullable(broken));
    }

    /** Whether it is a matter of milliseconds until it goes on, if nothing else is done meanwhile. */
    private boolean isUrgent(TaskState state) {
        return switch (state.phase) {
            case STARTING -> true;
            case FINISHING -> state.conflicts == 0; // a resolver may take minutes, as a verification may
            case LANDING -> !steps.verifier().isOn();
            default -> false;
        };
    }

    private TaskState state(String id) {
        return tasks.get(id);
    }

    private static Worktree worktree(TaskState state) {
        return Objects.requireNonNull(state.worktree);
    }
}
