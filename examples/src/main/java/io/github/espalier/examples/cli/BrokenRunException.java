package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.CoordinatorException;

/** A run that had begun and broke: no misuse, and no success either. */
final class BrokenRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenRunException(CoordinatorException cause) {
        super(cause.getMessage(), cause);
    }
}
