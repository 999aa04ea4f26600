package io.github.espalier.coordinator.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is left to do when a task's work has landed: looks and removals. It waits while work lands and agents are being
 * started, and then comes one after the other: making a worktree and removing one take the same lock, and whoever waits for an
 * agent should wait for one removal at most. Confined to a run's lane.
 */
final class CleanUpLine {
    private final int most;
    private final Lane lane;
    private final Executor work;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * @param most how many may wait; beyond that they go first, so that what is over does not fill the disk
     * @param work where they are done
     */
    CleanUpLine(int most, Lane lane, Executor work) {
        this.most = most;
        this.lane = lane;
        this.work = work;
    }

    /** Does slow work in its turn, and then goes on on the lane with its result, or with what it threw. */
    <T> void add(Supplier<T> slow, Consumer<T> then, Consumer<Throwable> otherwise) {
        waiting.add(() -> lane.await(
                work,
                slow,
                result -> {
                    underWay--;
                    then.accept(result);
                },
                e -> {
                    underWay--;
                    otherwise.accept(e);
                }));
    }

    /** @param urgent whether others would be kept waiting */
    void begin(boolean urgent) {
        while (!waiting.isEmpty() && ((!urgent && underWay == 0) || waiting.size() > most)) {
            underWay++;
            waiting.remove().run();
        }
    }

    boolean isOver() {
        return waiting.isEmpty() && underWay == 0;
    }
}
