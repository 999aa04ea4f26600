package io.github.espalier.separator;

import java.util.Set;

/**
 * How far a batch has come. A task in none of the sets has not been started.
 *
 * @param active started, and not yet at an outcome
 * @param landed their work is on the target
 * @param failed they came to any other outcome
 */
public record Progress(Set<String> active, Set<String> landed, Set<String> failed) {
    /**
     * Copies the sets.
     *
     * @param active as for the record
     * @param landed as for the record
     * @param failed as for the record
     */
    public Progress {
        active = Set.copyOf(active);
        landed = Set.copyOf(landed);
        failed = Set.copyOf(failed);
    }

    /**
     * The beginning.
     *
     * @return nothing was started
     */
    public static Progress none() {
        return new Progress(Set.of(), Set.of(), Set.of());
    }
}
