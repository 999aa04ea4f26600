package io.github.espalier.separator.internal;

import io.github.espalier.separator.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * The one place where it is decided what starts: the most urgent task that nothing keeps, and then the next. What is kept by
 * something is looked at again when that is over, and not before; of those that wait for one claim only the most urgent, as the
 * others would wait for it. So a step costs what it starts, and not what waits. Not thread-safe.
 */
final class Frontier {
    private static final int NO_CLAIM = -1;

    private final Batch batch;
    private final ConflictGraph conflicts;
    private final Urgency urgency;

    /** Ranks of tasks that may be able to start. */
    private final BitSet ready = new BitSet();

    private final boolean[] waiting;

    /** By task, how many that it depends on have not landed. */
    private final int[] unlanded;

    private final TreeSet<Integer> active = new TreeSet<>();
    private int activeAlone;

    /** By claim, how many active tasks hold it. */
    private final int[] holders;

    /** Ranks that wait for a claim, for a task, or for all to be over. */
    private final Map<Integer, PriorityQueue<Integer>> atClaim = new HashMap<>();

    private final Map<Integer, List<Integer>> atTask = new HashMap<>();
    private final PriorityQueue<Integer> atAll = new PriorityQueue<>();

    /** By task, the claim it was let go from; others wait behind it there. */
    private final int[] letGoFrom;

    Frontier(Batch batch, Urgency urgency, Progress progress) {
        this.batch = batch;
        this.urgency = urgency;
        conflicts = batch.conflicts;
        waiting = new boolean[batch.size()];
        unlanded = new int[batch.size()];
        holders = new int[conflicts.claimCount()];
        letGoFrom = new int[batch.size()];
        Arrays.fill(letGoFrom, NO_CLAIM);
        for (int task = 0; task < batch.size(); task++) {
            String id = batch.tasks.get(task).id();
            waiting[task] = !progress.active().contains(id)
                    && !progress.landed().contains(id)
                    && !progress.failed().contains(id);
            for (String dependency : batch.tasks.get(task).dependsOn()) {
                unlanded[task] += progress.landed().contains(dependency) ? 0 : 1;
            }
            if (waiting[task] && unlanded[task] == 0) {
                ready.set(urgency.rank[task]);
            }
        }
        progress.active().stream().filter(batch::has).map(batch::number).forEach(this::hold);
    }

    private void hold(int task) {
        active.add(task);
        activeAlone += conflicts.isAlone(task) ? 1 : 0;
        for (int claim : conflicts.claims(task)) {
            holders[claim]++;
        }
    }

    /** Starts as many tasks as may start, up to a number of places. */
    List<Integer> start(int places) {
        List<Integer> started = new ArrayList<>();
        while (started.size() < places && activeAlone == 0) {
            int rank = ready.nextSetBit(0);
            if (rank < 0) {
                break;
            }
            ready.clear(rank);
            int task = urgency.ranked[rank];
            if (!isKept(task, rank)) {
                waiting[task] = false;
                hold(task);
                started.add(task);
            }
            int claim = letGoFrom[task];
            letGoFrom[task] = NO_CLAIM;
            if (claim != NO_CLAIM && holders[claim] == 0) {
                letGo(claim); // it waits elsewhere now
            }
        }
        return started;
    }

    /** Whether something keeps it; then it waits there. */
    private boolean isKept(int task, int rank) {
        if (conflicts.isAlone(task)) {
            if (!active.isEmpty()) {
                atAll.add(rank);
            }
            return !active.isEmpty();
        }
        for (int claim : conflicts.claims(task)) {
            if (holders[claim] > 0) {
                atClaim.computeIfAbsent(claim, any -> new PriorityQueue<>()).add(rank);
                return true;
            }
        }
        for (int other : active) {
            if (conflicts.neighbours(task).has(other)
                    || conflicts.neighbours(other).has(task)) {
                atTask.computeIfAbsent(other, any -> new ArrayList<>()).add(rank);
                return true;
            }
        }
        return false;
    }

    private void letGo(int claim) {
        PriorityQueue<Integer> queue = atClaim.get(claim);
        Integer rank = queue == null ? null : queue.poll();
        if (rank != null) {
            ready.set(rank);
            letGoFrom[urgency.ranked[rank]] = claim;
        }
    }

    /** An active task has landed. */
    void landed(int task) {
        active.remove(task);
        activeAlone -= conflicts.isAlone(task) ? 1 : 0;
        for (int claim : conflicts.claims(task)) {
            if (--holders[claim] == 0) {
                letGo(claim);
            }
        }
        List<Integer> freed = atTask.remove(task);
        if (freed != null) {
            freed.forEach(ready::set);
        }
        if (active.isEmpty() && !atAll.isEmpty()) {
            ready.set(atAll.remove());
        }
        for (int dependent : batch.dependents[task]) {
            if (--unlanded[dependent] == 0 && waiting[dependent]) {
                ready.set(urgency.rank[dependent]);
            }
        }
    }

    /** Whether it was neither started nor over. */
    boolean isWaiting(int task) {
        return waiting[task];
    }
}
