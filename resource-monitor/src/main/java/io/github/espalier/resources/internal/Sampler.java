package io.github.espalier.resources.internal;

/** Looks at the machine. Used by one thread. */
@FunctionalInterface
public interface Sampler {
    /** Takes as long as it takes; throws if it cannot. */
    Sample sample();
}
