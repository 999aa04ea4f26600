package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.GitProcesses;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A git command that a lock file kept from its work for longer than it is waited for: another git process is at work, or a
 * crashed one left the file behind. It is never deleted here, because nobody can tell which of the two it is.
 */
public final class GitLockedException extends GitCommandException {
    private static final long serialVersionUID = 1L;

    /** See {@link #lockFile()}. */
    private final transient Path lockFile;

    /** See {@link #owner()}; null: not known. */
    private final @Nullable String owner;

    /**
     * Creates an exception.
     *
     * @param lockFile the lock file
     * @param failure how git ended
     */
    public GitLockedException(Path lockFile, GitCommandException failure) {
        this(lockFile, failure, GitProcesses.holder(lockFile).orElse(null));
    }

    private GitLockedException(Path lockFile, GitCommandException failure, @Nullable String owner) {
        super(
                lockFile
                        + (owner == null
                                ? " is held; delete it if no git process is at work there"
                                : " is held by " + owner + "; wait for it, or end it"),
                failure.command(),
                failure.directory(),
                failure.exitCode(),
                failure.stderr());
        initCause(failure);
        this.lockFile = lockFile;
        this.owner = owner;
    }

    /**
     * The lock file.
     *
     * @return its path, as git named it
     */
    public Path lockFile() {
        return lockFile;
    }

    /**
     * Who held it when this was thrown, as far as this machine tells.
     *
     * @return process id and command; empty: nobody was seen to have it open, as of a git that crashed or one that has closed
     *     the file and works on
     */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }
}
