package io.github.espalier.separator;

/** Root of what this module throws. Each subclass says what it is about. */
public class SeparationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message names the input and the remedy
     */
    public SeparationException(String message) {
        super(message);
    }

    /**
     * Creates an exception with its cause.
     *
     * @param message names the input and the remedy
     * @param cause the cause
     */
    public SeparationException(String message, Throwable cause) {
        super(message, cause);
    }
}
