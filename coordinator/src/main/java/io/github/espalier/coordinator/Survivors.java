package io.github.espalier.coordinator;

/** What {@link Coordinator#recover} does with agents that outlived their host. */
public enum Survivors {
    /** They are waited for, and their work lands as any other. */
    ADOPT,
    /** They are ended, and their work is rescued. */
    STOP
}
