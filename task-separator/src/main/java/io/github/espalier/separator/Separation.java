package io.github.espalier.separator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of a batch of tasks before it starts. Immutable and thread-safe. */
public interface Separation {
    /**
     * The tasks.
     *
     * @return in the order they were given
     */
    List<Task> tasks();

    /**
     * One task.
     *
     * @param id its id
     * @return the task
     * @throws SeparationException if there is none of that id
     */
    Task task(String id);

    /**
     * What a task will touch.
     *
     * @param id the task
     * @return its footprint, which may be unknown
     * @throws SeparationException if there is no such task
     */
    Footprint footprint(String id);

    /**
     * What each task will touch (the source specification's {@code task_file_map}).
     *
     * @return paths by task
     */
    default Map<String, Set<String>> taskFileMap() {
        Map<String, Set<String>> map = new LinkedHashMap<>();
        tasks().forEach(task -> map.put(task.id(), footprint(task.id()).paths()));
        return map;
    }

    /**
     * Whether two different tasks can go side by side. Symmetric. Dependencies do not count here.
     *
     * @param first a task
     * @param second another
     * @return false if they conflict, or are the same
     * @throws SeparationException if there is no such task
     */
    default boolean areIndependent(String first, String second) {
        return !task(first).equals(task(second)) && conflict(first, second).isEmpty();
    }

    /**
     * All pairs that can go side by side (the source specification's {@code independent_pairs}).
     *
     * @return each pair once, the task that was given first in front
     */
    default List<Pair> independentPairs() {
        List<Pair> pairs = new ArrayList<>();
        List<Task> tasks = tasks();
        for (int i = 0; i < tasks.size(); i++) {
            String first = tasks.get(i).id();
            Set<String> held = new HashSet<>();
            conflictsOf(first).forEach(conflict -> held.addAll(List.of(conflict.first(), conflict.second())));
            for (Task second : tasks.subList(i + 1, tasks.size())) {
                if (!held.contains(second.id())) {
                    pairs.add(new Pair(first, second.id()));
                }
            }
        }
        return List.copyOf(pairs);
    }

    /**
     * All conflicts.
     *
     * @return each pair once
     */
    default List<TaskConflict> conflicts() {
        return tasks().stream()
                .flatMap(task -> conflictsOf(task.id()).stream()
                        .filter(conflict -> conflict.first().equals(task.id())))
                .toList();
    }

    /**
     * The conflict between two tasks.
     *
     * @param first a task
     * @param second another
     * @return the conflict; empty: they are independent, or the same
     * @throws SeparationException if there is no such task
     */
    Optional<TaskConflict> conflict(String first, String second);

    /**
     * The conflicts of one task.
     *
     * @param id the task
     * @return with every other it conflicts with
     * @throws SeparationException if there is no such task
     */
    List<TaskConflict> conflictsOf(String id);

    /**
     * Whether all of them could start at once, but for dependencies.
     *
     * @return true if there is no conflict
     */
    default boolean valid() {
        return tasks().stream().allMatch(task -> conflictsOf(task.id()).isEmpty());
    }

    /**
     * The same batch when more is known: an agent has changed paths besides its task's footprint. What is unknown stays so.
     *
     * @param id the task
     * @param paths the paths
     * @return the batch with the wider footprint; a separation that does not know how returns itself
     * @throws SeparationException if there is no such task
     */
    default Separation exceeding(String id, Collection<String> paths) {
        return this;
    }

    /**
     * How likely the changes of two different tasks are to collide if both start from one commit.
     *
     * @param first a task
     * @param second another
     * @return from 0 to 1; where nothing was estimated, 1 for tasks in conflict and 0 for others
     * @throws SeparationException if there is no such task
     */
    default double probability(String first, String second) {
        return conflict(first, second).map(TaskConflict::probability).orElse(0.0);
    }

    /**
     * What speaks against pairs that can go side by side all the same: one uses what the other changes.
     *
     * @return each pair once, with reasons of that kind only
     */
    default List<TaskConflict> warnings() {
        return List.of();
    }

    /**
     * Two tasks.
     *
     * @param first the one that was given first
     * @param second the other
     */
    record Pair(String first, String second) {}
}
