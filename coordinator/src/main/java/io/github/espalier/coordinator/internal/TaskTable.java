package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.TaskReport;
import io.github.espalier.coordinator.TaskStatus;
import io.github.espalier.coordinator.internal.TaskState.Phase;
import io.github.espalier.worktree.Worktree;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The tasks of a run in their order. The lane holds this table's monitor during each of its steps; what other threads may ask
 * takes it too.
 */
final class TaskTable {
    private final Map<String, TaskState> states = new LinkedHashMap<>();

    TaskTable(Collection<TaskState> tasks) {
        tasks.forEach(state -> states.put(state.task.id(), state));
    }

    TaskState get(String id) {
        return Objects.requireNonNull(states.get(id), id);
    }

    /** Shows every later change. */
    Collection<TaskState> all() {
        return Collections.unmodifiableCollection(states.values());
    }

    List<String> ids() {
        return List.copyOf(states.keySet());
    }

    List<TaskState> in(Phase phase) {
        return states.values().stream().filter(state -> state.phase == phase).toList();
    }

    /** Whether nothing is left to do but to let held landings in. */
    boolean isDone() {
        return states.values().stream().allMatch(state -> state.phase == Phase.DONE || state.phase == Phase.HELD);
    }

    synchronized List<TaskStatus> statuses() {
        return states.values().stream().map(TaskState::status).toList();
    }

    synchronized List<TaskReport> reports(Instant now) {
        return states.values().stream().map(state -> state.report(now)).toList();
    }

    synchronized Optional<Instance> instance(String task) {
        return Optional.ofNullable(states.get(task))
                .filter(state -> state.phase != Phase.DONE)
                .map(state -> state.instance);
    }

    /** The worktrees of agents that run, those that started first in front. */
    synchronized Map<String, Worktree> running() {
        Map<String, Worktree> running = new LinkedHashMap<>();
        states.values().stream()
                .filter(state -> state.phase == Phase.RUNNING && state.worktree != null && !state.setBack)
                .sorted(Comparator.comparingLong((TaskState state) -> state.started))
                .forEach(state -> running.put(state.task.id(), Objects.requireNonNull(state.worktree)));
        return running;
    }
}
