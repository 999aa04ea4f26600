package io.github.espalier.resources.internal;

import java.util.HashMap;
import java.util.Map;

/**
 * Starts whose load is on its way. A new one is owed one core. As the smoothed load takes in readings from after the start,
 * the debt goes down by the same share, so that load and debt together stay the same while the one replaces the other.
 */
final class Reservations {
    private static final class Start {
        final long at;

        /** The share of the smoothed load that is from before the start. */
        double unseen = 1;

        Start(long at) {
            this.at = at;
        }
    }

    private final Map<Object, Start> starts = new HashMap<>();

    void add(Object key, long now) {
        starts.put(key, new Start(now));
    }

    /** Whether it was there. */
    boolean remove(Object key) {
        return starts.remove(key) != null;
    }

    int count() {
        return starts.size();
    }

    /** A reading of the time between two moments was taken in; so much of the smoothed load is older than it. */
    void seen(double older, long from, long to) {
        for (Start start : starts.values()) {
            double before = Math.min(1, Math.max(0, (double) (start.at - from) / (to - from)));
            start.unseen = older * start.unseen + (1 - older) * before;
        }
    }

    /** Cores that the smoothed load does not show yet. */
    double unseen() {
        return starts.values().stream().mapToDouble(start -> start.unseen).sum();
    }

    /**
     * Cores that the recent starts will use, by the clock alone. A monitor that is a second old has a smoothed load that shows
     * the last second fully; a program that was started then may still be loading and shows nothing.
     */
    double recent(long now) {
        return starts.values().stream()
                .mapToDouble(start -> SmoothedLoad.faded(now - start.at))
                .sum();
    }
}
