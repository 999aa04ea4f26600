package io.github.espalier.worktree;

import java.nio.file.Path;

/**
 * A git command that a lock file kept from its work for longer than it is waited for: another git process is at work, or a
 * crashed one left the file behind. It is never deleted here, because nobody can tell which of the two it is.
 */
public final class GitLockedException extends GitCommandException {
    private static final long serialVersionUID = 1L;

    /** See {@link #lockFile()}. */
    private final transient Path lockFile;

    /**
     * Creates an exception.
     *
     * @param lockFile the lock file
     * @param failure how git ended
     */
    public GitLockedException(Path lockFile, GitCommandException failure) {
        super(
                lockFile + " is held; delete it if no git process is at work there",
                failure.command(),
                failure.directory(),
                failure.exitCode(),
                failure.stderr());
        initCause(failure);
        this.lockFile = lockFile;
    }

    /**
     * The lock file.
     *
     * @return its path, as git named it
     */
    public Path lockFile() {
        return lockFile;
    }
}
