package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.PoolShelf;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The worktrees that wait for their next task, whichever process put them there; see {@link WorktreeManager#pooled}.
 * Thread-safe.
 */
public final class WorktreePool {
    private final PoolShelf shelf;

    private WorktreePool(PoolShelf shelf) {
        this.shelf = shelf;
    }

    /**
     * The pool of a repository.
     *
     * @param repository the repository
     * @return its pool
     */
    public static WorktreePool of(GitRepository repository) {
        return new WorktreePool(new PoolShelf(repository));
    }

    /**
     * One that waits.
     *
     * @param directory where it is
     * @param base the commit that it has checked out
     * @param bytes how much its files hold
     * @param since when it was ready
     */
    public record Waiting(Path directory, String base, long bytes, Instant since) {}

    /**
     * Those that wait.
     *
     * @return the youngest first
     * @throws WorktreeException if they cannot be looked for
     */
    public List<Waiting> waiting() {
        return shelf.slots().stream().map(PoolShelf.Slot::waiting).toList();
    }

    /**
     * Removes all that wait. They hold nothing of anybody's.
     *
     * @return how many there were
     * @throws WorktreeException if one cannot be removed
     */
    public int clear() {
        return shelf.clear();
    }
}
