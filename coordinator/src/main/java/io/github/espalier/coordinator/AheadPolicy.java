package io.github.espalier.coordinator;

/** What follows when two running agents are seen to work on what does not go together. It is told in any case. */
public enum AheadPolicy {
    /** Nothing more. */
    TELL,
    /** The one that started first lands first, where both are waiting. */
    ORDER,
    /**
     * The agent that started later is stopped, what it has is rescued, and its task is done again when the other has landed:
     * once for each pair of tasks.
     */
    STOP_YOUNGER
}
