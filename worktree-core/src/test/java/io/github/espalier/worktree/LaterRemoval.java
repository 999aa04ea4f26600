package io.github.espalier.worktree;

import java.util.List;
import java.util.concurrent.CompletionException;

/** A manager that removes by {@link WorktreeManager#removeLater} whatever is to be removed, and waits for the end. */
record LaterRemoval(WorktreeManager delegate) implements WorktreeManager {
    @Override
    public Worktree add(WorktreeRequest request) {
        return delegate.add(request);
    }

    @Override
    public List<WorktreeEntry> list() {
        return delegate.list();
    }

    @Override
    public void remove(Worktree worktree, Removal removal) {
        try {
            delegate.removeLater(worktree, removal).toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void prune() {
        delegate.prune();
    }

    @Override
    public void close() {
        delegate.close();
    }
}
