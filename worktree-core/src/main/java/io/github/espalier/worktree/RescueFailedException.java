package io.github.espalier.worktree;

import java.nio.file.Path;

/** A rescue that could not be made. Worktree and refs are as they were: everything still lies in the worktree. */
public final class RescueFailedException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** See {@link #directory()}. */
    private final transient Path directory;

    /**
     * Creates an exception.
     *
     * @param directory the worktree that still holds everything
     * @param cause what went wrong
     */
    public RescueFailedException(Path directory, Throwable cause) {
        super(
                directory + ": could not be rescued and still holds all its content; keep it: " + cause.getMessage(),
                cause);
        this.directory = directory;
    }

    /**
     * Where the content is.
     *
     * @return the worktree's directory
     */
    public Path directory() {
        return directory;
    }
}
