package io.github.espalier.worktree;

import java.nio.file.Path;

/** A worktree whose present content could not be seen. Nothing of it was changed. */
public final class SnapshotFailedException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** See {@link #worktree()}. */
    private final transient Path worktree;

    /**
     * Creates an exception.
     *
     * @param worktree the worktree's directory
     * @param reason why, and what to do about it
     */
    public SnapshotFailedException(Path worktree, String reason) {
        super(worktree + ": its content cannot be seen: " + reason);
        this.worktree = worktree;
    }

    /**
     * Creates an exception with its cause.
     *
     * @param worktree the worktree's directory
     * @param reason why, and what to do about it
     * @param cause what went wrong below
     */
    public SnapshotFailedException(Path worktree, String reason, Throwable cause) {
        super(worktree + ": its content cannot be seen: " + reason, cause);
        this.worktree = worktree;
    }

    /**
     * The worktree.
     *
     * @return its directory
     */
    public Path worktree() {
        return worktree;
    }
}
