package io.github.espalier.worktree;

/** A removal that looks afterwards does whatever one does that looks first. */
class LaterRemovalContractTest extends WorktreeManagerContract {
    @Override
    WorktreeManager manager(GitRepository opened) {
        return new LaterRemoval(WorktreeManager.pooled(WorktreeManager.of(opened), PoolOptions.defaults()));
    }
}
