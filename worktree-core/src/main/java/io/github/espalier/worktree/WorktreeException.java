package io.github.espalier.worktree;

/**
 * Root of what this module throws: misuse, or infrastructure that failed. Expected outcomes (a conflict, a target that
 * moved) are values, never exceptions.
 */
public class WorktreeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what was wrong with which input, and what to do about it
     */
    public WorktreeException(String message) {
        super(message);
    }

    /**
     * Creates an exception with its cause.
     *
     * @param message what was wrong with which input, and what to do about it
     * @param cause what went wrong below
     */
    public WorktreeException(String message, Throwable cause) {
        super(message, cause);
    }
}
