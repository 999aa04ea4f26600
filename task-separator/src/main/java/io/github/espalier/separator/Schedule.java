package io.github.espalier.separator;

import io.github.espalier.separator.internal.ListSchedule;
import java.util.List;
import java.util.Map;

/**
 * Which tasks start next: list scheduling with mutual exclusion. Among those that may start, the user's priority decides, then
 * the larger of the longest chain of dependents and the work that waits for the most contended path, then the order in which
 * the tasks were given. Deterministic, immutable and thread-safe.
 *
 * <p>The rule is Graham's list scheduling with critical-path priorities, with the load of a shared resource as a second bound;
 * no schedule is shorter than the critical path, the total work divided by the places, or the work on one path ({@link
 * Plan.Bound}). Because no place is left empty while a task could start, a plan from the beginning takes at most W/K + (1 −
 * 1/K) · S: W all efforts, K the places, S the efforts of a chain of tasks that ends with the last one to end, each depending on
 * the one before it, and of all that conflict with one of the chain.
 *
 * <pre>{@code
 * Plan plan = Schedule.of(separation).plan(3);
 * plan.entries().forEach(entry -> System.out.println(entry.task() + " " + entry.start() + " " + entry.waits()));
 * }</pre>
 */
public interface Schedule {
    /**
     * A schedule of a batch.
     *
     * @param separation the batch
     * @return the schedule
     */
    static Schedule of(Separation separation) {
        return of(separation, EffortEstimate.declared());
    }

    /**
     * A schedule of a batch.
     *
     * @param separation the batch
     * @param efforts how long its tasks are expected to take; asked once for each
     * @return the schedule
     */
    static Schedule of(Separation separation, EffortEstimate efforts) {
        return new ListSchedule(separation, efforts);
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
     * The same where finished work is about to land. What starts now may keep more urgent tasks from starting then: they wait
     * for that work and find their places taken. So a place stays empty until then if that makes the whole batch end sooner by
     * the efforts, with the time of the landing counted against it. Where more than some hundred tasks wait this is not looked
     * at, since one place matters little then.
     *
     * @param progress how far the batch has come
     * @param underway how far the active tasks are; one that is not in it has just been started
     * @param landing which of the active tasks are about to land
     * @param places how many may be started
     * @return of the tasks to start now, those that would start now as well if that work had landed, or all
     */
    List<Task> next(Progress progress, Map<String, Underway> underway, Landing landing, int places);

    /**
     * What keeps a task from starting.
     *
     * @param task its id
     * @param progress how far the batch has come
     * @return dependencies first; empty: it may start
     * @throws SeparationException if there is no such task
     */
    List<Blocker> blockers(String task, Progress progress);

    /**
     * The whole batch from the beginning, by the rule of {@link #next}.
     *
     * @param places how many agents may run at once
     * @return the plan
     * @throws SeparationException if there is no place
     */
    default Plan plan(int places) {
        return plan(Progress.none(), Map.of(), places);
    }

    /**
     * What is left of the batch, by the rule of {@link #next}. What has run longer than it was expected to is taken to need a
     * quarter more than it has had so far.
     *
     * @param progress how far the batch has come
     * @param underway how far the active tasks are; one that is not in it has just been started
     * @param places how many agents may run at once
     * @return the plan
     * @throws SeparationException if there is no place
     */
    Plan plan(Progress progress, Map<String, Underway> underway, int places);
}
