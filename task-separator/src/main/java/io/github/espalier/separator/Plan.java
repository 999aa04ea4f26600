package io.github.espalier.separator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A forecast of a whole batch: when each task starts and ends if each takes as long as it is expected to. Times count from
 * the moment that the plan was made at, to the millisecond; what is under way then started before, at a negative time.
 *
 * @param places how many agents may run at once
 * @param entries the tasks that are under way or to come, by start, slot and urgency
 * @param never ids of tasks that cannot start, because one they depend on did not land
 * @param bound what no plan can be shorter than
 */
public record Plan(int places, List<Entry> entries, List<String> never, Bound bound) {
    /**
     * Copies the lists.
     *
     * @param places as for the record
     * @param entries as for the record
     * @param never as for the record
     * @param bound as for the record
     */
    public Plan {
        entries = List.copyOf(entries);
        never = List.copyOf(never);
    }

    /**
     * One task.
     *
     * @param task its id
     * @param slot which of the places it takes, from 0; from {@link Plan#places()} on: it is under way and takes none any more
     * @param start when it starts
     * @param end when it ends
     * @param effort how long it is expected to take, and how that is known
     * @param waits what ended last before it could start; empty: it is under way, or starts at once
     */
    public record Entry(String task, int slot, Duration start, Duration end, Effort effort, List<Wait> waits) {
        /**
         * Copies the list.
         *
         * @param task as for the record
         * @param slot as for the record
         * @param start as for the record
         * @param end as for the record
         * @param effort as for the record
         * @param waits as for the record
         */
        public Entry {
            waits = List.copyOf(waits);
        }
    }

    /** What a task waits for until the moment it starts. */
    public sealed interface Wait {
        /**
         * The other task, which ends at that moment.
         *
         * @return its id
         */
        String task();

        /**
         * It depends on it.
         *
         * @param task that task
         */
        record Dependency(String task) implements Wait {}

        /**
         * It conflicts with it.
         *
         * @param task that task
         * @param conflict why they conflict
         */
        record Exclusion(String task, TaskConflict conflict) implements Wait {}

        /**
         * All places were taken; it takes that one's.
         *
         * @param task that task
         */
        record Place(String task) implements Wait {}

        /**
         * The wait in a few words.
         *
         * @return for example {@code a: both touch src/A.java}
         */
        default String describe() {
            if (this instanceof Dependency) {
                return task() + ": it depends on it";
            } else if (this instanceof Exclusion exclusion) {
                return task() + ": " + exclusion.conflict().reasons().get(0).describe();
            }
            return task() + ": all places are taken";
        }
    }

    /**
     * What no plan can be shorter than: the longest of three times. A task that conflicts with every other one runs alone, so
     * its effort is part of each of them.
     *
     * @param criticalPath the longest chain of tasks that depend on each other
     * @param work all efforts, divided by the places
     * @param contention the efforts of all tasks that hold the path for which most of them wait
     * @param path that path; empty: no two tasks hold one path
     */
    public record Bound(Duration criticalPath, Duration work, Duration contention, Optional<String> path) {
        /**
         * The bound.
         *
         * @return the longest of the three
         */
        public Duration time() {
            return Collections.max(List.of(criticalPath, work, contention));
        }
    }

    /**
     * When all is over.
     *
     * @return the latest end; zero if there is nothing to do
     */
    public Duration makespan() {
        return entries.stream().map(Entry::end).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /**
     * How much longer the plan is than it has to be, at most.
     *
     * @return the makespan divided by the bound, 1 or more; 1 if there is nothing to do
     */
    public double ratio() {
        long least = bound.time().toMillis();
        return least == 0 ? 1 : (double) makespan().toMillis() / least;
    }

    /**
     * What a task is taken to need still that has run longer than it was expected to: a quarter of what it has had so far. A
     * convention; it makes a plan move on by ever longer steps as long as the task does not end.
     *
     * @param elapsed since it was started
     * @return how much longer, a millisecond or more
     */
    public static Duration lateness(Duration elapsed) {
        return Duration.ofMillis(Math.max(1, elapsed.toMillis() / 4));
    }

    /**
     * One task's entry.
     *
     * @param task its id
     * @return the entry; empty: it is over, never starts, or there is none of that id
     */
    public Optional<Entry> entry(String task) {
        return entries.stream().filter(entry -> entry.task().equals(task)).findFirst();
    }

    /**
     * Why the plan takes as long as it does: the task that ends last, before it the first that it waits for, and so on.
     *
     * @return the entries of the chain, the first to start in front
     */
    public List<Entry> chain() {
        Map<String, Entry> byTask = new HashMap<>();
        entries.forEach(entry -> byTask.put(entry.task(), entry));
        List<Entry> chain = new ArrayList<>();
        Optional<Entry> at = entries.stream().max(Comparator.comparing(Entry::end));
        while (at.isPresent()) {
            chain.add(at.get());
            at = at.get().waits().stream().findFirst().flatMap(wait -> Optional.ofNullable(byTask.get(wait.task())));
        }
        Collections.reverse(chain);
        return List.copyOf(chain);
    }
}
