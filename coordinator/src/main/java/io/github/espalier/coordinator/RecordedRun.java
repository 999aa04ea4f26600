package io.github.espalier.coordinator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as its journal tells it.
 *
 * @param run its id
 * @param target the branch that work landed on
 * @param startedAt when it began
 * @param endedAt when it was over; empty: it is under way, or its host ended before it did
 * @param tasks its tasks, in the order they were given
 */
public record RecordedRun(
        String run, String target, Instant startedAt, Optional<Instant> endedAt, List<RecordedTask> tasks) {
    /**
     * Copies the list.
     *
     * @param run as for the record
     * @param target as for the record
     * @param startedAt as for the record
     * @param endedAt as for the record
     * @param tasks as for the record
     */
    public RecordedRun {
        tasks = List.copyOf(tasks);
    }

    /**
     * A task as the journal tells it.
     *
     * @param id the task
     * @param title its title
     * @param outcome the outcome's word, for example {@code Landed}; empty: none is recorded
     * @param detail the outcome in a line; empty: none is recorded
     */
    public record RecordedTask(String id, String title, Optional<String> outcome, Optional<String> detail) {}
}
