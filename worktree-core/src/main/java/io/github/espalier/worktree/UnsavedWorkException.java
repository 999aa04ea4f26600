package io.github.espalier.worktree;

import java.nio.file.Path;

/** A worktree that was to be removed and still holds work that no ref holds. Nothing was removed. */
public final class UnsavedWorkException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** See {@link #directory()}. */
    private final transient Path directory;

    /**
     * Creates an exception.
     *
     * @param directory the worktree
     * @param why what it holds, and the remedy
     */
    public UnsavedWorkException(Path directory, String why) {
        super(directory + ": " + why);
        this.directory = directory;
    }

    /**
     * The worktree.
     *
     * @return its directory
     */
    public Path directory() {
        return directory;
    }
}
