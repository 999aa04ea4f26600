package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.GitWorktreeManager;
import io.github.espalier.worktree.internal.PooledWorktreeManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Adds, lists and removes linked worktrees.
 *
 * <pre>{@code
 * GitRepository repository = GitRepository.open(Path.of("."));
 * try (WorktreeManager worktrees = WorktreeManager.of(repository)) {
 *     Worktree worktree = worktrees.add(new WorktreeRequest(Path.of("../app-wt1"), "feature/1", base));
 *     …
 *     worktrees.remove(worktree, Removal.keepingBranch());
 * }
 * }</pre>
 *
 * <p>Implementations are thread-safe, and safe beside other processes that use this library on the same repository.
 */
public interface WorktreeManager extends AutoCloseable {
    /**
     * The default: the git program, one lock per repository around every change, in this process and between processes. The
     * filters that are configured now are the only ones that run in what it checks out or looks through.
     *
     * @param repository the repository
     * @return the manager
     */
    static WorktreeManager of(GitRepository repository) {
        return of(repository, TrustedConfiguration.of(repository));
    }

    /**
     * Worktrees by the git program, for a repository that others may configure meanwhile.
     *
     * @param repository the repository
     * @param configuration says which filters may run when files are checked out or compared
     * @return the manager
     */
    static WorktreeManager of(GitRepository repository, TrustedConfiguration configuration) {
        return new GitWorktreeManager(repository, configuration);
    }

    /**
     * Manages them with a pool: a worktree that is removed is emptied in the background and waits for its next task, which
     * gets it under its own name, at its own base, at the cost of what differs between the two. What one task leaves the next
     * cannot see: index, configuration, hidden flags, ignored files (but for {@link PoolOptions#keeping()}), permissions of
     * files and folders and times of files are those of a new worktree. The stash is one for all worktrees of a repository, as
     * git has it; a process that outlives its task in spite of its launcher could still write there. Worktrees with submodules,
     * sparse patterns or settings of their own are not kept. What
     * waits is registered with git, at no branch, and locked; it survives this process. Where the repository's state directory
     * is on another file system than the worktrees, or refs are in a reftable, nothing waits and all is made and removed as
     * by the delegate.
     *
     * @param delegate one of {@link #of(GitRepository, TrustedConfiguration)}; closed with this one
     * @param options how many wait, and how
     * @return the manager
     * @throws IllegalArgumentException if the delegate is another implementation
     */
    static WorktreeManager pooled(WorktreeManager delegate, PoolOptions options) {
        if (delegate instanceof GitWorktreeManager git) {
            return new PooledWorktreeManager(git, options);
        }
        throw new IllegalArgumentException("only what WorktreeManager.of made can be pooled, and this is a "
                + delegate.getClass().getName());
    }

    /**
     * Adds a worktree on a new branch that tracks nothing. A leftover of the same directory and branch is adopted if this
     * library made it and nothing was done in it since: then it is moved to the new base.
     *
     * @param request what is wanted
     * @return the worktree
     * @throws WorktreeExistsException if the directory or branch is there and cannot be adopted; nothing was changed
     * @throws GitCommandException if git fails, for example at a parent folder that cannot be written; what was begun is
     *     taken back
     */
    Worktree add(WorktreeRequest request);

    /**
     * All worktrees of the repository, the main one first.
     *
     * @return the entries
     */
    List<WorktreeEntry> list();

    /**
     * Removes a worktree's directory and registration. The directory is moved aside at once and deleted in the background;
     * symbolic links are never followed. Ignored files go with it. A worktree that is gone already is no error.
     *
     * @param worktree the worktree
     * @param removal what may go
     * @throws UnsavedWorkException if it holds content that may not go (uncommitted, hidden from git's status, or written
     *     while it was being removed), commits that no branch, tag or remote-tracking branch contains, an unfinished merge
     *     or rebase, nested repositories or submodules; or if the directory is no longer registered as this worktree. All of
     *     it is where it was, unless the exception names another directory
     * @throws WorktreeLockedException if somebody locked it
     * @throws RefMovedException if the branch was to go and is elsewhere now; nothing was removed then
     */
    void remove(Worktree worktree, Removal removal);

    /**
     * Removes a worktree without waiting until it is known whether it may go: when this returns its place is free, in
     * milliseconds however many files there are. It is looked through afterwards, aside; if it holds what may not go, it goes
     * back, beside its place if that was taken meanwhile. Its branch can be checked out again once the stage is complete. If
     * this process dies first, the next {@link #prune} goes on. Where a rename cannot bring the directory into the
     * repository's state directory, it is removed as by {@link #remove}.
     *
     * @param worktree the worktree
     * @param removal what may go
     * @return the end: complete once it is gone; or failed with what {@link #remove} throws
     */
    default CompletionStage<Void> removeLater(Worktree worktree, Removal removal) {
        try {
            remove(worktree, removal);
            return CompletableFuture.completedStage(null);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /**
     * Drops the registrations of our own worktrees whose directories are gone, and goes on with removals and deletions that a
     * crash cut short. A
     * registration that is locked, or knows of staged content or commits that are nowhere else, is kept.
     * A worktree whose addition was killed halfway is taken back, unless a git program is at work in the repository. What
     * rescues and merges of processes that are dead left in the state directory goes too, and what was noted of branches of
     * ours that somebody deleted.
     */
    void prune();

    /** Waits for deletions in the background. The manager must not be used afterwards. Idempotent. */
    @Override
    void close();
}
