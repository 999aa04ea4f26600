package io.github.espalier.worktree;

import java.nio.file.Path;

/** A path that was given as a git repository and is none, or is one that cannot be used. */
public final class NotARepositoryException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** See {@link #path()}. */
    private final transient Path path;

    /**
     * Creates an exception.
     *
     * @param path the path that was given
     * @param why what is wrong with it, and the remedy
     */
    public NotARepositoryException(Path path, String why) {
        super(path + ": " + why);
        this.path = path;
    }

    /**
     * The path that was given.
     *
     * @return the path
     */
    public Path path() {
        return path;
    }
}
