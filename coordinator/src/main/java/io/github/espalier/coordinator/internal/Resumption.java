package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.TaskOutcome;

/** How to go on with a task whose host died. */
sealed interface Resumption {
    /** It had not started, and does not start now. */
    record Pending() implements Resumption {}

    /**
     * Its agent was launched: wait for its end, which may have come already.
     *
     * @param instance the agent
     */
    record Watching(Instance instance) implements Resumption {}

    /**
     * Its outcome is seen in the repository, but was not written down.
     *
     * @param outcome the outcome
     */
    record Decided(TaskOutcome outcome) implements Resumption {}

    /**
     * Its landing waits for a checkout.
     *
     * @param held where it waits
     */
    record Holding(TaskOutcome.Held held) implements Resumption {}

    /**
     * Its outcome was written down.
     *
     * @param outcome the outcome
     * @param cleaned whether its worktree was taken away too
     */
    record Over(TaskOutcome outcome, boolean cleaned) implements Resumption {}
}
