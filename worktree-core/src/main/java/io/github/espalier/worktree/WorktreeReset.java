package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Git;

/**
 * Brings a worktree whose content nobody needs any more to another commit: what differs is written, what is not tracked is
 * deleted, ignored files too. It costs what differs and not what the repository holds. The branch that is out there moves
 * along. No hook runs, and no filter that was not configured when the configuration was taken. Immutable; one worktree bears
 * one call at a time.
 */
public final class WorktreeReset {
    private final GitRepository repository;
    private final TrustedConfiguration configuration;

    private WorktreeReset(GitRepository repository, TrustedConfiguration configuration) {
        this.repository = repository;
        this.configuration = configuration;
    }

    /**
     * Resets worktrees of a repository.
     *
     * @param repository the repository
     * @param configuration says which filters may run
     * @return the reset
     */
    public static WorktreeReset of(GitRepository repository, TrustedConfiguration configuration) {
        return new WorktreeReset(repository, configuration);
    }

    /**
     * Brings a worktree to a commit. Whatever else it holds is lost: rescue it first if anybody may want it.
     *
     * @param worktree the worktree, registered
     * @param commit the commit, in full
     * @return the worktree with this commit for its base
     * @throws GitCommandException if git failed; the worktree may be half way then and is to be discarded
     * @throws WorktreeException if a filter is configured that nobody can vouch for
     */
    public Worktree to(Worktree worktree, String commit) {
        Git git = Git.in(worktree).fetching(repository).trusting(configuration);
        git.command("reset", "--hard", "--quiet", commit).run();
        // Twice forced, for a nested repository is no less in the way of the next user than any other file.
        git.command("clean", "-ffdxq").run();
        return new Worktree(worktree.directory(), worktree.gitDirectory(), worktree.branch(), commit, false);
    }
}
