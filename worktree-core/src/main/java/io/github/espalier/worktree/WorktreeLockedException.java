package io.github.espalier.worktree;

import java.nio.file.Path;

/** A worktree that was to be removed and that somebody has locked ({@code git worktree lock}). Nothing was removed. */
public final class WorktreeLockedException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** See {@link #directory()}. */
    private final transient Path directory;

    /**
     * Creates an exception.
     *
     * @param directory the worktree
     * @param reason what whoever locked it gave as reason; may be blank
     */
    public WorktreeLockedException(Path directory, String reason) {
        super(directory + ": is locked" + (reason.isBlank() ? "" : " (" + reason.strip() + ")")
                + "; run git worktree unlock if it may go");
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
