package io.github.espalier.separator.internal.predict;

/** What came of two changes. */
public enum Outcome {
    /** They went together. */
    CLEAN,
    /** They did not. */
    COLLIDED,
    /** Nobody can tell. */
    UNKNOWN
}
