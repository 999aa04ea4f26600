package io.github.espalier.coordinator;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Something that happened in a run. Delivered in order, one at a time. */
public sealed interface RunEvent {
    /**
     * When it happened.
     *
     * @return by the coordinator's clock
     */
    Instant at();

    /** An event of one task. */
    sealed interface OfTask extends RunEvent {
        /**
         * The task.
         *
         * @return its id
         */
        String task();
    }

    /**
     * The run began.
     *
     * @param at when
     * @param run the run's id
     * @param tasks the tasks' ids
     */
    record RunStarted(Instant at, String run, List<String> tasks) implements RunEvent {
        /**
         * Copies the list.
         *
         * @param at as for the record
         * @param run as for the record
         * @param tasks as for the record
         */
        public RunStarted {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * A task waits, or waits for something else now.
     *
     * @param at when
     * @param task the task
     * @param reason what it waits for
     */
    record TaskWaiting(Instant at, String task, WaitReason reason) implements OfTask {}

    /**
     * A task has its worktree.
     *
     * @param at when
     * @param task the task
     * @param attempt 1 for the first launch
     * @param worktree the worktree's directory
     * @param branch its branch
     * @param base the commit it starts from
     */
    record WorktreeReady(Instant at, String task, int attempt, Path worktree, String branch, String base)
            implements OfTask {}

    /**
     * An agent runs.
     *
     * @param at when
     * @param task the task
     * @param identity the instance
     */
    record InstanceStarted(Instant at, String task, InstanceIdentity identity) implements OfTask {}

    /**
     * An agent ended.
     *
     * @param at when
     * @param task the task
     * @param end how
     */
    record InstanceEnded(Instant at, String task, InstanceEnd end) implements OfTask {}

    /**
     * Work that was not committed was committed to the task's branch.
     *
     * @param at when
     * @param task the task
     * @param commit the commit
     */
    record WorkCommitted(Instant at, String task, String commit) implements OfTask {}

    /**
     * Work was put under a ref of ours.
     *
     * @param at when
     * @param task the task
     * @param ref the ref
     */
    record WorkRescued(Instant at, String task, String ref) implements OfTask {}

    /**
     * A task's work is being merged.
     *
     * @param at when
     * @param task the task
     * @param onto the commit it is merged onto
     */
    record LandingStarted(Instant at, String task, String onto) implements OfTask {}

    /**
     * A merged tree is being verified.
     *
     * @param at when
     * @param task the task
     * @param commit the commit that is verified
     */
    record VerificationStarted(Instant at, String task, String commit) implements OfTask {}

    /**
     * A merged tree was verified.
     *
     * @param at when
     * @param task the task
     * @param passed whether it passed
     */
    record VerificationEnded(Instant at, String task, boolean passed) implements OfTask {}

    /**
     * Something a person should know about a task.
     *
     * @param at when
     * @param task the task
     * @param message for a person
     */
    record Noted(Instant at, String task, String message) implements OfTask {}

    /**
     * A task came to its outcome. A held task may still land later in the run: then there is a second event.
     *
     * @param at when
     * @param task the task
     * @param outcome the outcome
     */
    record TaskFinished(Instant at, String task, TaskOutcome outcome) implements OfTask {}

    /**
     * The run ended.
     *
     * @param at when
     * @param run the run's id
     * @param success whether every task landed
     */
    record RunFinished(Instant at, String run, boolean success) implements RunEvent {}
}
