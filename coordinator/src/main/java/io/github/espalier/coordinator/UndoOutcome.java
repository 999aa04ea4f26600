package io.github.espalier.coordinator;

import io.github.espalier.worktree.Conflict;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What came of taking a landing back. Only for {@link Undone} has anything changed. */
public sealed interface UndoOutcome {
    /**
     * The landing is taken back.
     *
     * @param commit where the target is now
     */
    record Undone(String commit) implements UndoOutcome {}

    /**
     * What came after it builds on it.
     *
     * @param conflicts the paths, at least one
     */
    record Conflicted(List<Conflict> conflicts) implements UndoOutcome {
        /**
         * Copies the list.
         *
         * @param conflicts as for the record
         */
        public Conflicted {
            conflicts = List.copyOf(conflicts);
        }
    }

    /**
     * The tree without it did not pass.
     *
     * @param reason in a few words
     */
    record VerificationFailed(String reason) implements UndoOutcome {}

    /**
     * A checkout of the target cannot follow.
     *
     * @param checkout the checkout
     * @param reason why
     */
    record CannotFollow(Path checkout, String reason) implements UndoOutcome {}

    /**
     * It is not on the target as it would have to be.
     *
     * @param reason for a person: it is gone already, something came after it, the target moved meanwhile
     */
    record NotPossible(String reason) implements UndoOutcome {}

    /**
     * The outcome in a line.
     *
     * @return for a person
     */
    default String describe() {
        if (this instanceof Undone undone) {
            return "undone: the target is at " + undone.commit();
        } else if (this instanceof Conflicted conflicted) {
            return "conflicted: "
                    + conflicted.conflicts().stream()
                            .map(Conflict::path)
                            .distinct()
                            .collect(Collectors.joining(", "));
        } else if (this instanceof VerificationFailed failed) {
            return "verification failed: " + failed.reason();
        } else if (this instanceof CannotFollow held) {
            return held.checkout() + ": " + held.reason();
        }
        return ((NotPossible) this).reason();
    }
}
