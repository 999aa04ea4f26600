package io.github.espalier.coordinator;

/**
 * Why a task is not running yet.
 *
 * @param kind the kind of reason
 * @param detail for a person: which task, which limit
 */
public record WaitReason(Kind kind, String detail) {
    /** Kinds of reasons. */
    public enum Kind {
        /** A task it depends on has not landed yet. */
        DEPENDENCY,
        /** A task it conflicts with is at work. */
        CONFLICT,
        /** As many instances run as may run at once. */
        SLOT,
        /** Finished tasks are to land first. */
        BACKLOG,
        /** The machine has no room. */
        RESOURCES
    }
}
