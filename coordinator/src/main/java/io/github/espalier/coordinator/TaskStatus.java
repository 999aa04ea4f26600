package io.github.espalier.coordinator;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a task stands now.
 *
 * @param id the task
 * @param title its title
 * @param state the state
 * @param phase what is being done, in a word: {@code waiting}, {@code starting}, {@code running}, {@code finishing}, {@code
 *     landing}, {@code held} or {@code done}
 * @param waitingFor what it waits for; empty: nothing
 * @param startedAt when it was started; empty: it was not yet
 * @param usage what its agent uses of the machine
 * @param lastLine the last line its agent printed
 * @param outcome what it came to; empty: it has not yet
 */
public record TaskStatus(
        String id,
        String title,
        State state,
        String phase,
        Optional<WaitReason> waitingFor,
        Optional<Instant> startedAt,
        Optional<InstanceUsage> usage,
        Optional<String> lastLine,
        Optional<TaskOutcome> outcome) {
    /** States a task goes through. */
    public enum State {
        /** Not started yet. */
        PENDING,
        /** Started, and its outcome is not known yet. */
        RUNNING,
        /** Landed, or there was nothing to land. */
        COMPLETED,
        /** It came to anything else. */
        FAILED
    }
}
