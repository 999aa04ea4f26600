package io.github.espalier.worktree;

import java.nio.file.Path;

/** Another process, or another thread of this one, changes the repository's worktrees for longer than it is waited for. */
public final class RepositoryLockedException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** See {@link #lockFile()}. */
    private final transient Path lockFile;
    /** See {@link #owner()}. */
    private final String owner;

    /**
     * Creates an exception.
     *
     * @param lockFile the lock file
     * @param owner who holds it
     */
    public RepositoryLockedException(Path lockFile, String owner) {
        super(lockFile + ": is held by " + owner
                + "; wait for it, or end it if it hangs (deleting the file frees nothing)");
        this.lockFile = lockFile;
        this.owner = owner;
    }

    /**
     * The lock file.
     *
     * @return its path
     */
    public Path lockFile() {
        return lockFile;
    }

    /**
     * Who holds the lock.
     *
     * @return as the owner wrote it into the file: its process id, and since when
     */
    public String owner() {
        return owner;
    }
}
