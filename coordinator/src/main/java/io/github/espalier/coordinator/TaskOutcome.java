package io.github.espalier.coordinator;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.ConflictDetail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a task came to. Only {@link Landed} is success. */
public sealed interface TaskOutcome {
    /**
     * Its work is on the target.
     *
     * @param commit the commit the target was moved to
     * @param tree the tree of that commit: the very tree that was verified, where verification is on
     */
    record Landed(String commit, String tree) implements TaskOutcome {}

    /**
     * Its work does not go together with what the target holds by now. Branch and worktree stay.
     *
     * @param conflicts the paths, with kind and sides; empty where the strategy itself refused
     * @param reason in a few words
     * @param details the lines in conflict, the commits they come from, and a text that shows them; empty where it is not
     *     known any more
     * @param tasks commit → the task that it comes from, of the commits in the details: a task of this run by its id, one
     *     of an earlier run that is still recorded by its {@link Landing#id}
     */
    record Conflicted(List<Conflict> conflicts, String reason, List<ConflictDetail> details, Map<String, String> tasks)
            implements TaskOutcome {
        /**
         * Copies the lists and the map.
         *
         * @param conflicts as for the record
         * @param reason as for the record
         * @param details as for the record
         * @param tasks as for the record
         */
        public Conflicted {
            conflicts = List.copyOf(conflicts);
            details = List.copyOf(details);
            tasks = Map.copyOf(tasks);
        }

        /**
         * A conflict without details.
         *
         * @param conflicts the paths
         * @param reason in a few words
         */
        public Conflicted(List<Conflict> conflicts, String reason) {
            this(conflicts, reason, List.of(), Map.of());
        }
    }

    /**
     * The merged tree did not pass. Nothing of it was published.
     *
     * @param reason in a few words
     * @param log what the verification printed, where there is a file
     */
    record VerificationFailed(String reason, Optional<Path> log) implements TaskOutcome {}

    /**
     * The agent failed, or could not be started.
     *
     * @param reason the kind of failure
     * @param detail for a person
     */
    record InstanceFailed(FailureReason reason, String detail) implements TaskOutcome {}

    /**
     * The agent ran out of its time limit and was stopped.
     *
     * @param limit the limit
     */
    record TimedOut(Duration limit) implements TaskOutcome {}

    /** The run was cancelled before the task had landed. */
    record Cancelled() implements TaskOutcome {}

    /**
     * Its work is merged and verified, and waits under a ref of ours because a checkout of the target cannot follow.
     *
     * @param ref the ref
     * @param commit the commit that will be published
     * @param checkout the checkout that cannot follow
     * @param reason why it cannot
     */
    record Held(String ref, String commit, Path checkout, String reason) implements TaskOutcome {}

    /** The agent ended well and left nothing that the target does not hold already. */
    record NothingToLand() implements TaskOutcome {}

    /**
     * It was not started because a task it depends on did not land.
     *
     * @param dependency the task it depends on
     * @param reason in a few words
     */
    record Skipped(String dependency, String reason) implements TaskOutcome {}

    /**
     * Whether the work is on the target.
     *
     * @return true for {@link Landed} only
     */
    default boolean success() {
        return this instanceof Landed;
    }

    /**
     * The outcome's word, as reports and the command line use it.
     *
     * @return the simple name, for example {@code Landed}
     */
    default String word() {
        return getClass().getSimpleName();
    }

    /**
     * The outcome in a line.
     *
     * @return word and reason
     */
    default String describe() {
        if (this instanceof Landed landed) {
            return "landed as " + landed.commit();
        } else if (this instanceof Conflicted conflicted) {
            return "conflicted: " + conflicted.reason();
        } else if (this instanceof VerificationFailed failed) {
            return "verification failed: " + failed.reason();
        } else if (this instanceof InstanceFailed failed) {
            return "instance failed: " + failed.detail();
        } else if (this instanceof TimedOut timedOut) {
            return "timed out after " + timedOut.limit();
        } else if (this instanceof Held held) {
            return "held: " + held.checkout() + ": " + held.reason();
        } else if (this instanceof Skipped skipped) {
            return "skipped: " + skipped.reason();
        }
        return this instanceof Cancelled ? "cancelled" : "nothing to land";
    }
}
