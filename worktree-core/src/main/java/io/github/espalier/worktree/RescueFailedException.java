package io.github.espalier.worktree;

import java.nio.file.Path;

/** A rescue that could not be made. Worktree and refs are as they were: what the worktree held it still holds. */
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
     * Creates an exception for a worktree that is not there, and of which nothing else is known either.
     *
     * @param directory the worktree whose content was to be kept
     * @param why what is wrong with it, and where to look for the content
     */
    public RescueFailedException(Path directory, String why) {
        super(directory + ": could not be rescued: " + why);
        this.directory = directory;
    }

    /**
     * Where the content is, or was last known to be.
     *
     * @return the worktree's directory
     */
    public Path directory() {
        return directory;
    }
}
