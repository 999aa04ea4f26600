package io.github.espalier.examples.demo;

/** Work that does not pass its test. */
final class CheckFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CheckFailedException(String message) {
        super(message);
    }
}
