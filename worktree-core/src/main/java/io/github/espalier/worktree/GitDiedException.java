package io.github.espalier.worktree;

/** A git that crashed (a signal or a failed assertion) on a merge that no other engine could do either. */
public final class GitDiedException extends GitCommandException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param crash how git ended
     */
    public GitDiedException(GitCommandException crash) {
        super("git crashed", crash.command(), crash.directory(), crash.exitCode(), crash.stderr());
        initCause(crash);
    }
}
