package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.RunEvent.Replanned.Cause;
import io.github.espalier.separator.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans the rest of a run anew where something goes otherwise than expected, and tells it. What starts next needs no plan: it
 * is decided at each step, by the same rule. Guarded by the run loop.
 */
final class Replanning {
    private static final Logger log = LoggerFactory.getLogger(Replanning.class);

    /** By so much of the expected time a task may be off without being told: one part in this many. */
    private static final int TOLERANCE = 10;

    private final RunContext context;
    private final Dispatch dispatch;
    private final Collection<TaskState> states;
    private final Lane lane;
    private final Executor work;
    private final Timer timer;
    private @Nullable Deviation latest;
    private boolean planning;
    private boolean stopped;

    /** A task that goes otherwise than expected. */
    private record Deviation(String task, Cause cause) {}

    Replanning(
            RunContext context,
            Dispatch dispatch,
            Collection<TaskState> states,
            Lane lane,
            Executor work,
            Timer timer) {
        this.context = context;
        this.dispatch = dispatch;
        this.states = states;
        this.lane = lane;
        this.work = work;
        this.timer = timer;
    }

    void begun(TaskState state) {
        dispatch.effort(state.task.id())
                .map(effort -> effort.plus(effort.dividedBy(TOLERANCE)).minus(state.elapsed(context.now())))
                .ifPresent(left -> watch(state, state.attempt, left));
    }

    private void watch(TaskState state, int attempt, Duration left) {
        timer.after(
                left,
                () -> lane.execute(() -> {
                    if (!stopped && state.phase == TaskState.Phase.RUNNING && state.attempt == attempt) {
                        replan(state, Cause.RUNS_LATE);
                        watch(state, attempt, Plan.lateness(state.elapsed(context.now())));
                    }
                }));
    }

    void ended(TaskState state) {
        dispatch.effort(state.task.id()).ifPresent(expected -> {
            Duration difference = state.elapsed(context.now()).minus(expected);
            if (difference.abs().compareTo(expected.dividedBy(TOLERANCE)) > 0) {
                replan(state, difference.isNegative() ? Cause.ENDED_EARLY : Cause.ENDED_LATE);
            }
        });
    }

    /** What was likely may have come true: then others wait for it, as was to be expected, and nothing is told. */
    void touched(TaskState state, List<String> paths, boolean exceeded) {
        dispatch.touched(state.task, paths);
        if (exceeded) {
            replan(state, Cause.FOOTPRINT_EXCEEDED);
        }
    }

    /** One plan is made at a time: the next one is for the latest of what has happened meanwhile. */
    private void replan(TaskState state, Cause cause) {
        latest = new Deviation(state.task.id(), cause);
        if (!planning) {
            plan();
        }
    }

    private void plan() {
        Deviation deviation = latest;
        latest = null;
        planning = deviation != null && !stopped;
        if (deviation == null || stopped) {
            return;
        }
        Instant now = context.now();
        Supplier<Plan> plan = dispatch.forecast(states, now);
        lane.await(
                work,
                plan,
                planned -> {
                    if (!stopped && isLeft(planned)) {
                        Instant end = now.plus(planned.makespan());
                        context.publish(at -> new RunEvent.Replanned(at, deviation.task(), deviation.cause(), end));
                    }
                    plan();
                },
                e -> {
                    log.atWarn().addKeyValue("run", context.run()).setCause(e).log("Could not plan anew");
                    plan();
                });
    }

    /** Whether an agent runs or is to run: what only has to land was no matter of the plan. */
    private static boolean isLeft(Plan plan) {
        return plan.entries().stream().anyMatch(entry -> entry.slot() < plan.places());
    }

    /** Nothing is told after the end. */
    void stop() {
        stopped = true;
    }
}
