package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.worktree.Worktree;
import java.util.List;
import java.util.Optional;

/**
 * What came of starting a task.
 *
 * @param worktree its worktree, if it got that far
 * @param instance its agent, if it runs
 * @param failure what it came to, if it does not
 * @param notes for the report
 */
record Launched(
        Optional<Worktree> worktree, Optional<Instance> instance, Optional<TaskOutcome> failure, List<String> notes) {
    Launched {
        notes = List.copyOf(notes);
    }
}
