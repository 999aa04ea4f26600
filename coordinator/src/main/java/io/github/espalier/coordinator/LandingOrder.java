package io.github.espalier.coordinator;

/**
 * Which of several finished branches lands first. In each order a task whose dependencies have landed goes before one that
 * has none, so that dependents land right after what they need; and what is equal otherwise lands as it finished.
 */
public enum LandingOrder {
    /** As they finished. */
    FINISHED,
    /** The lowest number of {@link io.github.espalier.separator.Task#priority} first. */
    PRIORITY,
    /** Those first whose changed paths the fewest other waiting branches change too. */
    LEAST_RISK
}
