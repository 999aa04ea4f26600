package io.github.espalier.worktree.internal;

import java.time.Duration;

/** A point on the monotonic clock until which there is time. Immutable. */
final class Deadline {
    private final long start = System.nanoTime();
    private final Duration limit;

    private Deadline(Duration limit) {
        this.limit = limit;
    }

    static Deadline in(Duration limit) {
        return new Deadline(limit);
    }

    /** The time that is left; zero if there is none. */
    Duration left() {
        Duration left = limit.minusNanos(System.nanoTime() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
