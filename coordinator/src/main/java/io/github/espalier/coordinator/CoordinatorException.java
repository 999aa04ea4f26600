package io.github.espalier.coordinator;

/** Root of what this module throws: misuse, or infrastructure that failed. What a task comes to is a {@link TaskOutcome}. */
public class CoordinatorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what was wrong with which input, and what to do about it
     */
    public CoordinatorException(String message) {
        super(message);
    }

    /**
     * Creates an exception with its cause.
     *
     * @param message what was wrong with which input, and what to do about it
     * @param cause what went wrong below
     */
    public CoordinatorException(String message, Throwable cause) {
        super(message, cause);
    }
}
