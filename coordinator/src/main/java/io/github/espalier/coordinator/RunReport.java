package io.github.espalier.coordinator;

import io.github.espalier.resources.ResourceStatus;
import java.time.Instant;
import java.util.List;

/**
 * What became of a run.
 *
 * @param run the run's id
 * @param target the branch that work landed on
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param tasks one report a task, in the order the tasks were given
 * @param resources the last reading of the machine
 */
public record RunReport(
        String run,
        String target,
        Instant startedAt,
        Instant endedAt,
        List<TaskReport> tasks,
        ResourceStatus resources) {
    /**
     * Copies the list.
     *
     * @param run as for the record
     * @param target as for the record
     * @param startedAt as for the record
     * @param endedAt as for the record
     * @param tasks as for the record
     * @param resources as for the record
     */
    public RunReport {
        tasks = List.copyOf(tasks);
    }

    /**
     * Whether every task landed.
     *
     * @return true only then; true for a run without tasks
     */
    public boolean success() {
        return tasks.stream().allMatch(task -> task.outcome().success());
    }

    /**
     * The report of one task.
     *
     * @param id the task
     * @return its report
     * @throws CoordinatorException if the run had no such task
     */
    public TaskReport task(String id) {
        return tasks.stream()
                .filter(task -> task.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new CoordinatorException("run " + run + " had no task \"" + id + "\""));
    }
}
