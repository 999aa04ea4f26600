package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.GitWorktreeSnapshots;

/**
 * Sees what worktrees hold while their agents work, committed or not, as trees that can be merged with each other.
 *
 * <pre>{@code
 * try (WorktreeSnapshots snapshots = WorktreeSnapshots.of(repository, filters)) {
 *     Snapshot one = snapshots.take(first);
 *     Snapshot other = snapshots.take(second);
 *     MergeOutcome ahead = merger.merge(new MergeRequest(one.commit(), other.commit()));
 * }
 * }</pre>
 *
 * <p>The tree is what {@code git add -A} would stage: changes, deletions, and untracked files that git does not ignore; a
 * nested repository or submodule is a link to the commit it has out. Other than there, a file that the agent told git to
 * take for unchanged counts as it is, and a nested repository without a commit is left out. It does not matter whether the
 * agent is in the middle of a merge or rebase.
 *
 * <p>Of the worktree nothing is touched: not its files, not its index, and no ref; none of its locks is taken. No hook, no
 * file-system monitor and no filter but the trusted ones runs. What was looked at is remembered in an index of our own for
 * each worktree, in the repository's {@linkplain GitRepository#stateDirectory() state directory}, so that after the first
 * snapshot only the content of files that have changed is read.
 *
 * <p>Thread-safe. Snapshots of different worktrees are taken side by side, of the same one after another.
 */
public interface WorktreeSnapshots extends AutoCloseable {
    /**
     * Snapshots in a repository.
     *
     * @param repository the repository
     * @param configuration says which filters may run
     * @return its snapshots; to be closed
     */
    static WorktreeSnapshots of(GitRepository repository, TrustedConfiguration configuration) {
        return new GitWorktreeSnapshots(repository, configuration);
    }

    /**
     * Takes a snapshot. Files that change meanwhile are in it as they were before or after; where one vanishes while it is
     * read, all is tried again, five times at most.
     *
     * @param worktree the worktree
     * @return what it holds
     * @throws SnapshotFailedException if that cannot be seen: the directory is gone, a file cannot be read, files vanish faster
     *     than they can be looked at, or a trusted filter was given a process since it was trusted
     * @throws IllegalStateException if these snapshots are closed
     */
    Snapshot take(Worktree worktree);

    /**
     * Deletes what is remembered of a worktree that is not to be looked at any more. It need not exist.
     *
     * @param worktree the worktree
     */
    void forget(Worktree worktree);

    /** Deletes all that is remembered. What hosts that died have left is deleted by the next host. */
    @Override
    void close();
}
