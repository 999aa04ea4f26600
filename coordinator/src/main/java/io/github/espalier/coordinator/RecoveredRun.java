package io.github.espalier.coordinator;

import io.github.espalier.separator.Task;
import java.util.List;

/**
 * A run whose host died, brought to an end by {@link Coordinator#recover}.
 *
 * @param report what became of each task; those that had not started are {@link TaskOutcome.Cancelled}
 * @param remaining the tasks that had not started and still can, to be given to {@link Coordinator#run}; what they depended
 *     on has landed, or remains too
 */
public record RecoveredRun(RunReport report, List<Task> remaining) {
    /**
     * Copies the list.
     *
     * @param report as for the record
     * @param remaining as for the record
     */
    public RecoveredRun {
        remaining = List.copyOf(remaining);
    }
}
