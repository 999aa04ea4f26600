package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.ConflictPolicy;
import io.github.espalier.coordinator.ConflictResolver;
import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.internal.TaskState.Phase;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.Worktree;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * From an agent's end to its task's outcome: the work is taken over and lands, after a conflict perhaps resolved or done
 * again, or it is kept. On the run's lane.
 */
final class Ending {
    private final RunContext context;
    private final RunLoop.Steps steps;
    private final TaskTable tasks;
    private final TaskLane lane;
    private final Chronicle chronicle;
    private final Sequel sequel;

    /** How the run goes on. On the lane. */
    interface Sequel {
        boolean isCancelled();

        /** Whether only what an earlier host left is brought to an end. */
        boolean startsNothing();

        /** Its outcome is known. */
        void decided(TaskState state, TaskOutcome outcome);

        /** It is to be done again. */
        void again(TaskState state);

        /** It waits for the target to be free. */
        void held();

        /** Whether somebody changed the user's checkout meanwhile is to be looked at, for its report. */
        void lookAtCheckout(TaskState state);

        /** It goes on elsewhere. */
        void goOn();
    }

    Ending(
            RunContext context,
            RunLoop.Steps steps,
            TaskTable tasks,
            TaskLane lane,
            Chronicle chronicle,
            Sequel sequel) {
        this.context = context;
        this.steps = steps;
        this.tasks = tasks;
        this.lane = lane;
        this.chronicle = chronicle;
        this.sequel = sequel;
    }

    /** After a good end. */
    void takeOver(TaskState state) {
        Worktree worktree = worktree(state);
        Instance instance = Objects.requireNonNull(state.instance);
        int attempt = state.attempt;
        state.phase = Phase.FINISHING;
        lane.inBackground(
                state,
                () -> steps.finishing().takeOver(state.task, attempt, worktree, instance),
                taken -> taken(state, taken));
    }

    /** Nothing lands: rescue what there is. */
    void keep(TaskState state, TaskOutcome outcome) {
        Worktree worktree = state.worktree;
        int attempt = state.attempt;
        state.phase = Phase.FINISHING;
        if (worktree == null) {
            sequel.decided(state, outcome);
        } else {
            lane.inBackground(
                    state,
                    () -> steps.finishing().keep(state.task, attempt, worktree, outcome),
                    rescued -> taken(state, rescued));
        }
    }

    /** A lost attempt may still be at work: what it has written is kept as it is now, and its worktree stays. */
    void keepAndRepeat(TaskState state, int attempt, InstanceEnd end) {
        Worktree worktree = worktree(state);
        TaskOutcome lost = Ends.outcome(end, Optional.empty(), false);
        lane.inBackground(state, () -> steps.finishing().keep(state.task, attempt, worktree, lost), rescued -> {
            state.take(rescued);
            sequel.lookAtCheckout(state);
            if (sequel.isCancelled()) {
                sequel.decided(state, lost);
            } else {
                sequel.again(state);
            }
        });
    }

    private void taken(TaskState state, Work taken) {
        state.take(taken);
        if (taken.tip().isPresent() && !sequel.isCancelled()) {
            land(state, taken.tip().get(), strategy());
        } else {
            sequel.lookAtCheckout(state);
            sequel.decided(state, taken.outcome().orElseGet(TaskOutcome.Cancelled::new));
        }
    }

    private void land(TaskState state, String tip, LandingStrategy strategy) {
        steps.landing().land(List.of(candidate(state, branch(state), tip, strategy)));
    }

    /** A branch to land, whose task goes on here when it has, or has not. */
    Candidate candidate(TaskState state, String branch, String tip) {
        return candidate(state, branch, tip, strategy());
    }

    private Candidate candidate(TaskState state, String branch, String tip, LandingStrategy strategy) {
        state.phase = Phase.LANDING;
        Candidate candidate = new Candidate(state.task, branch, tip, strategy);
        candidate.result.thenAccept(result -> lane.execute(state, () -> landed(state, result)));
        return candidate;
    }

    private LandingStrategy strategy() {
        return context.configuration().landings().strategy();
    }

    private void landed(TaskState state, LandingResult result) {
        settled(result.settled());
        result.notes().forEach(note -> chronicle.noted(state, note));
        sequel.lookAtCheckout(state);
        if (result.outcome() instanceof TaskOutcome.Conflicted conflicted && goesOn(state, conflicted)) {
            sequel.goOn();
        } else if (result.outcome() instanceof TaskOutcome.Held waiting) {
            state.phase = Phase.HELD;
            state.held = waiting;
            chronicle.noted(state, waiting.describe());
            sequel.held();
        } else {
            sequel.decided(state, result.outcome());
        }
    }

    /** Whether the conflict is not the end of it, by the host's policy. */
    private boolean goesOn(TaskState state, TaskOutcome.Conflicted conflicted) {
        ConflictPolicy policy = context.configuration().landings().conflicts();
        String earlier = state.resolved;
        if (earlier != null && !sequel.isCancelled() && state.resolvedTip.equals(state.commit)) {
            state.resolved = null;
            List<String> notes = List.of("the conflict had been resolved before its host died");
            resolved(state, conflicted, new Resolving.Resolved(Optional.of(earlier), notes));
            return true;
        }
        boolean stays =
                policy.resolver().filter(ConflictResolver.none()::equals).isPresent();
        boolean over = sequel.isCancelled() || sequel.startsNothing() || state.conflicts >= policy.attempts();
        if (stays || over || conflicted.conflicts().isEmpty()) {
            return false;
        }
        int attempt = ++state.conflicts;
        String tip = Objects.requireNonNull(state.commit);
        if (policy.resolver().isPresent()) {
            state.phase = Phase.FINISHING;
            lane.inBackground(
                    state,
                    () -> steps.resolving().resolve(state.task, tip, conflicted, attempt),
                    resolved -> resolved(state, conflicted, resolved));
            return true;
        } else if (state.worktree != null) {
            chronicle.noted(
                    state,
                    "attempt " + state.attempt + " was in conflict (" + conflicted.reason() + "); it is left on "
                            + worktree(state).branch() + " and the task is done again");
            sequel.again(state);
            return true;
        }
        return false;
    }

    private void resolved(TaskState state, TaskOutcome.Conflicted conflicted, Resolving.Resolved resolved) {
        resolved.notes().forEach(note -> chronicle.noted(state, note));
        if (resolved.tip().isPresent() && !sequel.isCancelled()) {
            // A merge of both sides cannot be rebased, nor be a fast-forward where the target moves on.
            boolean squashes = strategy() == LandingStrategy.SQUASH;
            land(state, resolved.tip().get(), squashes ? LandingStrategy.SQUASH : LandingStrategy.MERGE);
        } else if (!goesOn(state, conflicted)) {
            sequel.decided(state, conflicted);
        }
    }

    /** What had to be held landed, or does not land any more. */
    void settled(LandingLine.Settled settled) {
        for (LandingLine.Held landing : settled.landed()) {
            held(landing)
                    .ifPresent(
                            state -> sequel.decided(state, new TaskOutcome.Landed(landing.commit(), landing.tree())));
        }
        for (LandingLine.Held landing : settled.dropped()) {
            held(landing).ifPresent(state -> sequel.decided(state, heldAt(state, landing.commit())));
        }
    }

    private Optional<TaskState> held(LandingLine.Held landing) {
        return landing.task().map(tasks::get).filter(state -> state.phase == Phase.HELD);
    }

    /** It is still held, at another commit perhaps than when it was first. */
    static TaskOutcome.Held heldAt(TaskState state, String commit) {
        TaskOutcome.Held held = Objects.requireNonNull(state.held);
        return new TaskOutcome.Held(held.ref(), commit, held.checkout(), held.reason());
    }

    private static String branch(TaskState state) {
        return state.worktree == null ? state.task.id() : worktree(state).branch();
    }

    private static Worktree worktree(TaskState state) {
        return Objects.requireNonNull(state.worktree);
    }
}
