package io.github.espalier.resources;

/**
 * Room that was granted, to be closed when what was started has ended. Until its load shows in the readings it counts as one
 * busy core; that fades by itself, at the pace at which the smoothed readings take the load up. Thread-safe.
 */
@FunctionalInterface
public interface Reservation extends AutoCloseable {
    /** Gives the room back. Idempotent; does nothing after the monitor was closed. */
    @Override
    void close();
}
