package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.TaskOutcome;
import java.util.List;
import java.util.Optional;

/**
 * What an agent's end left.
 *
 * @param tip the commit to land; empty: nothing is to land
 * @param outcome what the task came to, where nothing is to land
 * @param commit the last commit on its branch
 * @param rescue the ref that holds what is not on its branch
 * @param notes for the report
 */
record Work(
        Optional<String> tip,
        Optional<TaskOutcome> outcome,
        Optional<String> commit,
        Optional<String> rescue,
        List<String> notes) {
    Work {
        notes = List.copyOf(notes);
    }
}
