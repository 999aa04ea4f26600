package io.github.espalier.separator.internal;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * The order in which tasks that may start are started: the user's priority, then the larger of the longest chain of dependents
 * and the work that waits for the most contended claim, then the order they were given in. Immutable.
 */
final class Urgency {
    /** By rank, the number of the task. */
    final int[] ranked;

    /** By task, its rank. */
    final int[] rank;

    private Urgency(int[] ranked) {
        this.ranked = ranked;
        rank = new int[ranked.length];
        for (int i = 0; i < ranked.length; i++) {
            rank[ranked[i]] = i;
        }
    }

    static Urgency of(Batch batch) {
        long[] tails = tails(batch, batch.millis);
        long[] loads = loads(batch.conflicts, batch.millis);
        long[] worth = new long[batch.size()];
        for (int task = 0; task < worth.length; task++) {
            worth[task] = tails[task];
            for (int claim : batch.conflicts.claims(task)) {
                worth[task] = Math.max(worth[task], loads[claim]);
            }
        }
        Comparator<Integer> order = Comparator.<Integer>comparingInt(
                        task -> batch.tasks.get(task).priority())
                .thenComparing(
                        Comparator.<Integer>comparingLong(task -> worth[task]).reversed());
        return new Urgency(IntStream.range(0, batch.size())
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray()); // a stable sort keeps the given order
    }

    /** By task, the longest chain of dependents that begins with it, itself included, by each task's weight. */
    static long[] tails(Batch batch, long[] weights) {
        int size = batch.size();
        long[] tails = new long[size];
        int[] open = new int[size];
        Deque<Integer> next = new ArrayDeque<>();
        for (int task = 0; task < size; task++) {
            open[task] = batch.dependents[task].length;
            if (open[task] == 0) {
                next.add(task);
            }
        }
        while (!next.isEmpty()) {
            int task = next.remove();
            tails[task] += weights[task]; // until now it held the longest tail among its dependents
            for (int dependency : batch.dependencies[task]) {
                tails[dependency] = Math.max(tails[dependency], tails[task]);
                if (--open[dependency] == 0) {
                    next.add(dependency);
                }
            }
        }
        return tails;
    }

    /** By claim, the total weight of all tasks that hold it. */
    static long[] loads(ConflictGraph conflicts, long[] weights) {
        long[] loads = new long[conflicts.claimCount()];
        for (int task = 0; task < weights.length; task++) {
            for (int claim : conflicts.claims(task)) {
                loads[claim] += weights[task];
            }
        }
        return loads;
    }
}
