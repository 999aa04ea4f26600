package io.github.espalier.worktree;

/** How committing leftovers ended. */
public sealed interface LeftoversOutcome {
    /**
     * What was uncommitted is on the branch.
     *
     * @param commit the branch's new tip
     */
    record Committed(String commit) implements LeftoversOutcome {}

    /**
     * Nothing was uncommitted.
     *
     * @param tip the branch's tip
     */
    record Clean(String tip) implements LeftoversOutcome {}

    /**
     * The worktree is in no state to commit from; its files are as they were and should be rescued.
     *
     * @param reason for a person
     */
    record Impossible(String reason) implements LeftoversOutcome {}
}
