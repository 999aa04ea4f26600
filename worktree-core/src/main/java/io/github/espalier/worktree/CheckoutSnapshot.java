package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.CheckoutState;
import java.util.List;
import java.util.Optional;

/**
 * What a person has in the main worktree: which branch is out, what is staged, edited, new or conflicted, and the content
 * of those files. Two snapshots tell whether somebody worked there in between, not who.
 *
 * <p>Taking one costs a {@code git status} and reading the files that differ from HEAD: up to 64 MiB of them; of what is
 * beyond that size and time count. Nothing is written, no hook runs, and no filter but the trusted ones. Ignored files and
 * what is inside submodules and other nested repositories are not looked at. Immutable and thread-safe.
 */
public sealed interface CheckoutSnapshot permits CheckoutState {
    /**
     * Takes a snapshot.
     *
     * @param repository the repository
     * @param configuration says which filters may run
     * @param target a branch without {@code refs/heads/} that may move meanwhile: where it is checked out, only that is
     *     compared and not its commit
     * @return the snapshot; empty for a bare repository, and where the trusted filters cannot be enforced
     * @throws GitCommandException if git fails, or takes longer than a minute
     */
    static Optional<CheckoutSnapshot> of(GitRepository repository, TrustedConfiguration configuration, String target) {
        return CheckoutState.of(repository, configuration, target);
    }

    /**
     * What is different.
     *
     * @param earlier a snapshot of the same repository
     * @return paths with {@code /}, relative to the checkout's root and in their order, after {@code HEAD} if another
     *     branch or commit is out
     */
    List<String> differencesSince(CheckoutSnapshot earlier);
}
