package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.FailureReason;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.internal.TaskState.Phase;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The lane's steps of one task: one that fails ends its task, for no other step is to come, and breaks the run off. */
final class TaskLane {
    private final RunContext context;
    private final Lane lane;
    private final Executor work;
    private final Chronicle chronicle;
    private final Consumer<Throwable> breakOff;

    /**
     * @param work where long steps are done
     * @param breakOff is called on the lane with what a step threw
     */
    TaskLane(RunContext context, Lane lane, Executor work, Chronicle chronicle, Consumer<Throwable> breakOff) {
        this.context = context;
        this.lane = lane;
        this.work = work;
        this.chronicle = chronicle;
        this.breakOff = breakOff;
    }

    void execute(TaskState state, Runnable step) {
        lane.execute(() -> guarded(state, step));
    }

    <T> void inBackground(TaskState state, Supplier<T> slow, Consumer<T> then) {
        lane.await(work, slow, result -> guarded(state, () -> then.accept(result)), e -> broke(state, e));
    }

    /** On the lane already. */
    void guarded(TaskState state, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            broke(state, e);
        }
    }

    void broke(TaskState state, Throwable cause) {
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
            breakOff.accept(cause);
        }
    }

    void conclude(TaskState state, TaskOutcome outcome) {
        state.conclude(outcome, context.now());
        chronicle.concluded(state, outcome);
    }
}
