package io.github.espalier.coordinator.internal;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Clean-ups that wait while agents are being started: making a worktree and removing one take the same lock, and whoever waits
 * for an agent should not wait for a removal. Confined to a run's lane.
 */
final class CleanUpLine {
    private final int most;
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    /** @param most how many may wait; beyond that they go first, so that what is over does not fill the disk */
    CleanUpLine(int most) {
        this.most = most;
    }

    void add(Runnable cleanUp) {
        waiting.add(cleanUp);
    }

    /** @param starting whether an agent is being started */
    void begin(boolean starting) {
        while (!waiting.isEmpty() && (!starting || waiting.size() > most)) {
            waiting.remove().run();
        }
    }
}
