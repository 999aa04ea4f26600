package io.github.espalier.worktree;

/** A pool does whatever a manager does. */
class PooledWorktreesContractTest extends WorktreeManagerContract {
    @Override
    WorktreeManager manager(GitRepository opened) {
        return WorktreeManager.pooled(WorktreeManager.of(opened), PoolOptions.defaults());
    }
}
