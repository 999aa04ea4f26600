package io.github.espalier.coordinator.internal;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Clean-ups that wait while agents are being started, and then come one after the other: making a worktree and removing one
 * take the same lock, and whoever waits for an agent should wait for one removal at most. Confined to a run's lane.
 */
final class CleanUpLine {
    private final int most;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    /** @param most how many may wait; beyond that they go first, so that what is over does not fill the disk */
    CleanUpLine(int most) {
        this.most = most;
    }

    void add(Runnable cleanUp) {
        waiting.add(cleanUp);
    }

    /** @param starting whether an agent is being started */
    void begin(boolean starting) {
        while (!waiting.isEmpty() && ((!starting && underWay == 0) || waiting.size() > most)) {
            underWay++;
            waiting.remove().run();
        }
    }

    /** To be called for each that was begun, whatever came of it. */
    void ended() {
        underWay--;
    }
}
