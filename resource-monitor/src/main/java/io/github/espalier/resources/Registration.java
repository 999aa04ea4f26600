package io.github.espalier.resources;

/** A listener's registration. Thread-safe. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    /** Takes the listener off. Idempotent. */
    @Override
    void close();
}
