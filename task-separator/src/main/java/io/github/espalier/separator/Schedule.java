package io.github.espalier.separator;

import io.github.espalier.separator.internal.ListSchedule;
import java.util.List;

/**
 * Which tasks start next: list scheduling with mutual exclusion. Among those that may start, the user's priority decides, then
 * the larger of the longest chain of dependents and the work that waits for the most contended path, then the order in which
 * the tasks were given. Deterministic, immutable and thread-safe.
 *
 * <p>The rule is Graham's list scheduling with critical-path priorities, with the load of a shared resource as a second bound;
 * no schedule is shorter than the critical path, the total work divided by the places, or the work on one path.
 */
public interface Schedule {
    /**
     * A schedule of a batch.
     *
     * @param separation the batch
     * @return the schedule
     */
    static Schedule of(Separation separation) {
        return new ListSchedule(separation);
    }

    /**
     * The tasks to start now. They conflict neither with each other nor with an active one, and all that they depend on has
     * landed. If fewer are returned than there are places, no other task may start.
     *
     * @param progress how far the batch has come
     * @param places how many may be started
     * @return the tasks, the most urgent first
     */
    List<Task> next(Progress progress, int places);

    /**
     * What keeps a task from starting.
     *
     * @param task its id
     * @param progress how far the batch has come
     * @return dependencies first; empty: it may start
     * @throws SeparationException if there is no such task
     */
    List<Blocker> blockers(String task, Progress progress);
}
