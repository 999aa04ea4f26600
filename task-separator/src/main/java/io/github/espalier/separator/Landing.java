package io.github.espalier.separator;

import java.time.Duration;
import java.util.Set;

/**
 * Finished work that is on its way to the target: until it is there, what conflicts with it or depends on it cannot start,
 * though its agents take no place any more. Immutable.
 *
 * @param tasks ids of the active tasks whose agents have ended
 * @param time how long it is expected to take until all of them have landed
 */
public record Landing(Set<String> tasks, Duration time) {
    /**
     * Copies the set.
     *
     * @param tasks as for the record
     * @param time as for the record
     */
    public Landing {
        tasks = Set.copyOf(tasks);
    }
}
