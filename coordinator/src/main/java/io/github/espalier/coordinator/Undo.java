package io.github.espalier.coordinator;

/** How a landing is taken back. */
public enum Undo {
    /** By a new commit on the target that takes its change out; what came after it stays. */
    REVERT,
    /** By moving the target back to where it was, if nothing came after. The commits stay under a ref of ours. */
    MOVE_BACK
}
