package io.github.espalier.coordinator.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Closes what was opened, last first and all of it, whatever fails on the way. */
final class Closing {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T later(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Returns the first failure; the others are suppressed in it. */
    Optional<Throwable> close() {
        Throwable failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception | Error e) { // each resource throws its own kind; the rest must still be closed
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        return Optional.ofNullable(failure);
    }
}
