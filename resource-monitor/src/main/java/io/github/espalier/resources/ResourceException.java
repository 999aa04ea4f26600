package io.github.espalier.resources;

/** Root of what this module throws: a limit out of range, or a monitor that was used after it was closed. */
public class ResourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message names the input and the remedy
     */
    public ResourceException(String message) {
        super(message);
    }
}
