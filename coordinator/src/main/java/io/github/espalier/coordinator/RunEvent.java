package io.github.espalier.coordinator;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.ConflictDetail;
import io.github.espalier.worktree.EscapingLink;
import io.github.espalier.worktree.FileChange;
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
     * @param passed whether it passed; false also where it was given up
     * @param checks what each named check came to
     */
    record VerificationEnded(Instant at, String task, boolean passed, List<CheckResult> checks) implements OfTask {
        /**
         * Copies the list.
         *
         * @param at as for the record
         * @param task as for the record
         * @param passed as for the record
         * @param checks as for the record
         */
        public VerificationEnded {
            checks = List.copyOf(checks);
        }
    }

    /**
     * Something a person should know about a task.
     *
     * @param at when
     * @param task the task
     * @param message for a person
     */
    record Noted(Instant at, String task, String message) implements OfTask {}

    /**
     * While a task's agent ran, files changed that rule what git does. Several agents share most of them with each other
     * and with the user: who changed them is not known.
     *
     * @param at when it was noticed
     * @param task the task whose agent has ended
     * @param changes the files, and of configuration the keys
     * @param harmless whether it is no more than settings of branches of this run
     * @param others tasks whose agents ran meanwhile too
     */
    record Tampered(Instant at, String task, List<FileChange> changes, boolean harmless, List<String> others)
            implements OfTask {
        /**
         * Copies the lists.
         *
         * @param at as for the record
         * @param task as for the record
         * @param changes as for the record
         * @param harmless as for the record
         * @param others as for the record
         */
        public Tampered {
            changes = List.copyOf(changes);
            others = List.copyOf(others);
        }
    }

    /**
     * While a task's agent ran, something changed in the user's own checkout. It may have been the user. Each difference is
     * told once. The look waits until the task's work has landed and other agents have been started, so that this can come
     * after {@link TaskFinished}.
     *
     * @param at when it was noticed
     * @param task the task whose agent has ended
     * @param checkout the checkout
     * @param paths what differs, relative to it; {@code HEAD} if another branch or commit is out
     * @param others tasks whose agents ran meanwhile too, up to the look
     */
    record CheckoutChanged(Instant at, String task, Path checkout, List<String> paths, List<String> others)
            implements OfTask {
        /**
         * Copies the lists.
         *
         * @param at as for the record
         * @param task as for the record
         * @param checkout as for the record
         * @param paths as for the record
         * @param others as for the record
         */
        public CheckoutChanged {
            paths = List.copyOf(paths);
            others = List.copyOf(others);
        }
    }

    /**
     * A task's work adds or changes symbolic links that lead out of the repository.
     *
     * @param at when it was noticed
     * @param task the task
     * @param links the links
     */
    record LinksEscape(Instant at, String task, List<EscapingLink> links) implements OfTask {
        /**
         * Copies the list.
         *
         * @param at as for the record
         * @param task as for the record
         * @param links as for the record
         */
        public LinksEscape {
            links = List.copyOf(links);
        }
    }

    /**
     * What two running agents have at present does not go together (any more), or in other paths than was told before.
     *
     * @param at when it was seen
     * @param task the task whose agent started first
     * @param other the other task
     * @param conflicts the paths; empty: they go together again
     * @param details for each of them, in the same order, the lines that do not go together: "ours" is the task's side, "theirs"
     *     the other's; commits are not looked for. Of many conflicts at once, only some {@linkplain ConflictDetail#cut() have
     *     their lines}. Empty: they could not be read
     */
    record ConflictAhead(Instant at, String task, String other, List<Conflict> conflicts, List<ConflictDetail> details)
            implements OfTask {
        /**
         * Copies the lists.
         *
         * @param at as for the record
         * @param task as for the record
         * @param other as for the record
         * @param conflicts as for the record
         * @param details as for the record
         */
        public ConflictAhead {
            conflicts = List.copyOf(conflicts);
            details = List.copyOf(details);
        }
    }

    /**
     * A running agent has changed paths that its task's footprint does not hold. Each path is told once.
     *
     * @param at when it was seen
     * @param task the task
     * @param paths the paths, from the root of the tree
     */
    record FootprintExceeded(Instant at, String task, List<String> paths) implements OfTask {
        /**
         * Copies the list.
         *
         * @param at as for the record
         * @param task as for the record
         * @param paths as for the record
         */
        public FootprintExceeded {
            paths = List.copyOf(paths);
        }
    }

    /**
     * Something went otherwise than was expected, and the rest of the run was planned anew; {@link Run#forecast()} has the
     * whole plan.
     *
     * @param at when
     * @param task the task
     * @param cause what was not expected of it
     * @param end when the run is expected to be over now
     */
    record Replanned(Instant at, String task, Cause cause, Instant end) implements OfTask {
        /** What was not expected. A tenth more or less of the time that a task was to take is as expected. */
        public enum Cause {
            /** Its agent ended earlier. */
            ENDED_EARLY,
            /** Its agent ended later. */
            ENDED_LATE,
            /** Its agent runs on though it should have ended; told again when that is so of the new plan. */
            RUNS_LATE,
            /** Its agent touches paths outside of its footprint: others may have to wait for it. */
            FOOTPRINT_EXCEEDED
        }
    }

    /**
     * A running agent is stopped in favour of another; its task is done again when that one's has landed.
     *
     * @param at when
     * @param task the task whose agent is stopped
     * @param inFavourOf the other task
     */
    record TaskSetBack(Instant at, String task, String inFavourOf) implements OfTask {}

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
