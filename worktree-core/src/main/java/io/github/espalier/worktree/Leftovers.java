package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.GitLeftovers;

/**
 * Commits what an instance left uncommitted to its branch, as the user's own git would: attributes, line endings and
 * filters apply as they were configured before the run. No hook, signing program, editor or file-system monitor runs.
 */
public interface Leftovers {
    /**
     * Leftovers in a repository. Thread-safe.
     *
     * @param repository the repository
     * @param configuration says which filters may run
     * @return its leftovers
     */
    static Leftovers of(GitRepository repository, TrustedConfiguration configuration) {
        return new GitLeftovers(repository, configuration);
    }

    /**
     * Commits tracked changes and untracked files that git does not ignore.
     *
     * @param request what, and as whom
     * @return the outcome
     * @throws WorktreeException if git fails for another reason than the worktree's state
     */
    LeftoversOutcome commit(LeftoversRequest request);
}
