package io.github.espalier.resources;

/**
 * Room that was granted. Until its load shows in the readings it counts as one busy core; it fades at the pace at which the
 * smoothed readings take the load up. Thread-safe.
 */
@FunctionalInterface
public interface Reservation extends AutoCloseable {
    /** Gives the room back. Idempotent. */
    @Override
    void close();
}
