package io.github.espalier.coordinator.internal;

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
 * Takes every task from waiting to its agent's end, and on when its {@link Ending} knows what it came to. All state is
 * changed on one lane, in short steps; git and agents work elsewhere and report back to the lane.
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
    private final HeldTasks heldTasks;
    private final Chronicle chronicle;
    private final TaskLane taskLane;
    private final Ending ending;
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
        this.whenOver = whenOver;
        lane = new Lane(tasks, work, this::breakOff);
        chronicle = new Chronicle(context, this::breakOff);
        taskLane = new TaskLane(context, lane, work, chronicle, this::breakOff);
        ending = new Ending(context, steps, tasks, taskLane, chronicle, new AfterEnd());
        heldTasks = new HeldTasks(steps.line(), lane, steps.landingLane(), timer, ending::settled, this::breakOff);
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
                                    .map(entry ->
                                            ending.candidate(state(entry.getKey()), entry.getKey(), entry.getValue()))
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
                left.forEach((id, resumption) ->
                        taskLane.guarded(state(id), () -> takeUp(state(id), resumption, stopsAgents)));
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
        waiting.forEach(state -> taskLane.conclude(state, new TaskOutcome.Cancelled()));
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
                taskLane.conclude(state, new TaskOutcome.Cancelled());
            });
            finishIfOver();
            return;
        }
        Instant now = context.now();
        Dispatch.Decision decision = dispatch.decide(tasks.all(), now);
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
        taskLane.conclude(state, new TaskOutcome.Skipped(dependency, why));
    }

    private void start(TaskState state, Reservation reservation, Instant now) {
        state.begin(now, reservation);
        int attempt = state.attempt;
        taskLane.inBackground(
                state, () -> steps.launching().launch(state.task, attempt), launched -> started(state, launched));
    }

    private void started(TaskState state, Launched launched) {
        launched.worktree().ifPresent(worktree -> state.worktree = worktree);
        launched.instance().ifPresent(instance -> watch(state, instance));
        launched.notes().forEach(note -> chronicle.noted(state, note));
        if (launched.instance().isPresent()) {
            chronicle.started(state, launched.instance().get());
        } else {
            state.releaseMachine();
            ending.keep(state, launched.failure().orElseThrow());
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
        Ends.of(instance).thenAccept(end -> taskLane.execute(state, () -> ended(state, attempt, end)));
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
        state.ended(end, context.now());
        chronicle.ended(state, end);
        replanning.ended(state);
        boolean again = end instanceof InstanceEnd.Lost
                && attempt < context.configuration().instances().attempts()
                && !cancelled
                && !startsNothing;
        if (state.setBack && !cancelled && end instanceof InstanceEnd.Stopped) {
            ending.keepAndRepeat(state, attempt, end);
        } else if (Ends.isGood(end)) {
            ending.takeOver(state);
        } else if (again) {
            state.note(List.of("attempt " + attempt + " was lost; its worktree "
                    + Objects.requireNonNull(state.worktree).directory() + " is left as it is"));
            ending.keepAndRepeat(state, attempt, end);
        } else {
            ending.keep(
                    state, Ends.outcome(end, timeLimit().filter(limit -> state.timedOut), cancelled || startsNothing));
        }
        dispatch();
    }

    private Optional<Duration> timeLimit() {
        return context.configuration().instances().timeLimit();
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
                chronicle.noted(
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

    /** The outcome is known: others may go on, and the worktree may go. */
    private void decided(TaskState state, TaskOutcome outcome) {
        if (state.phase == Phase.LANDING && outcome instanceof TaskOutcome.Landed) {
            state.sinceAgentEnded(context.now()).ifPresent(dispatch::landed);
        }
        clean(state, outcome);
        taskLane.conclude(state, outcome);
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

    private <T> void whenNobodyWaits(TaskState state, Supplier<T> slow, Consumer<T> then) {
        cleanUps.add(
                slow,
                result -> taskLane.guarded(state, () -> {
                    then.accept(result);
                    finishIfOver();
                }),
                e -> taskLane.broke(state, e));
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
                taskLane.conclude(state, Ending.heldAt(state, steps.line().commit(Objects.requireNonNull(state.held))));
            }
        } catch (RuntimeException | Error e) {
            broken = broken == null ? broken(e) : broken;
        }
        whenOver.accept(Optional.ofNullable(broken));
    }

    private final class AfterEnd implements Ending.Sequel {
        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public boolean startsNothing() {
            return startsNothing;
        }

        @Override
        public void decided(TaskState state, TaskOutcome outcome) {
            RunLoop.this.decided(state, outcome);
        }

        @Override
        public void again(TaskState state) {
            state.phase = Phase.WAITING;
            dispatch();
        }

        @Override
        public void held() {
            heldTasks.watch();
            dispatch();
        }

        @Override
        public void lookAtCheckout(TaskState state) {
            whenNobodyWaits(state, () -> steps.finishing().lookAtCheckout(state.task), state::note);
        }

        @Override
        public void goOn() {
            finishIfOver();
        }
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
}
