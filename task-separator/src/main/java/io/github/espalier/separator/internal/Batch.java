package io.github.espalier.separator.internal;

import io.github.espalier.separator.Effort;
import io.github.espalier.separator.EffortEstimate;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A batch as numbers: tasks in the order they were given, what they depend on, exclude, and take. Immutable. */
final class Batch {
    /** Longer efforts, which only a slip of the pen can mean, would not add up in 64 bits. */
    private static final Duration LONGEST = Duration.ofDays(100_000);

    final List<Task> tasks;
    final ConflictGraph conflicts;
    final int[][] dependencies;
    final int[][] dependents;
    final long[] millis;
    private final List<Effort> efforts;
    private final Map<String, Integer> numbers = new HashMap<>();

    Batch(Separation separation, EffortEstimate estimate) {
        tasks = separation.tasks();
        tasks.forEach(task -> numbers.put(task.id(), numbers.size()));
        efforts = tasks.stream().map(estimate::of).toList();
        millis = efforts.stream().mapToLong(effort -> millis(effort.time())).toArray();
        dependencies = tasks.stream()
                .map(task -> task.dependsOn().stream()
                        .filter(numbers::containsKey)
                        .mapToInt(this::number)
                        .toArray())
                .toArray(int[][]::new);
        dependents = reversed(dependencies);
        conflicts = new ConflictGraph(Exclusions.of(separation), tasks, numbers);
    }

    /** At least one, so that what starts also ends later. */
    static long millis(Duration time) {
        return Math.max(1, (time.compareTo(LONGEST) < 0 ? time : LONGEST).toMillis());
    }

    private static int[][] reversed(int[][] edges) {
        int[] counts = new int[edges.length];
        for (int[] targets : edges) {
            for (int target : targets) {
                counts[target]++;
            }
        }
        int[][] reversed = new int[edges.length][];
        for (int i = 0; i < edges.length; i++) {
            reversed[i] = new int[counts[i]];
        }
        for (int from = edges.length - 1; from >= 0; from--) {
            for (int target : edges[from]) {
                reversed[target][--counts[target]] = from;
            }
        }
        return reversed;
    }

    int size() {
        return tasks.size();
    }

    boolean has(String id) {
        return numbers.containsKey(id);
    }

    int number(String id) {
        return Objects.requireNonNull(numbers.get(id), id);
    }

    Effort effort(int task) {
        return efforts.get(task);
    }
}
