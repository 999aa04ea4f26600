package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.ResolvedFiles;
import io.github.espalier.worktree.internal.Revisions;
import io.github.espalier.worktree.internal.UnresolvedMerge;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * A conflict checked out in a worktree of its own, for somebody to resolve: as {@code git merge} leaves it, with markers in
 * the files and the sides in the index. What comes of it is taken only if it is whole.
 *
 * <pre>{@code
 * ConflictCheckout conflict = ConflictCheckout.begin(repository, filters, worktree, ours, theirs);
 * // somebody edits the files of the worktree
 * Resolution resolution = conflict.finish(paths, path -> path.equals("CHANGELOG.md"), "Resolve", committer);
 * }</pre>
 *
 * <p>No hook runs, no merge driver, and no filter that was not configured when the filters were taken. Not thread-safe.
 */
public final class ConflictCheckout {
    private final UnresolvedMerge merge;

    private ConflictCheckout(UnresolvedMerge merge) {
        this.merge = merge;
    }

    /**
     * Merges their side into a worktree that has our side checked out, and leaves it unmerged.
     *
     * @param repository the repository
     * @param configuration says which filters may run
     * @param worktree a clean worktree at our side; it is to be used for nothing else
     * @param ours our side, a commit in full
     * @param theirs their side, a commit in full
     * @return the conflict
     * @throws GitCommandException if git failed
     * @throws WorktreeException if a filter is configured that nobody can vouch for
     */
    public static ConflictCheckout begin(
            GitRepository repository,
            TrustedConfiguration configuration,
            Worktree worktree,
            String ours,
            String theirs) {
        Revisions.check(ours);
        Revisions.check(theirs);
        return new ConflictCheckout(UnresolvedMerge.begin(repository, configuration, worktree, ours, theirs));
    }

    /**
     * Takes what lies in the worktree now, committed or not, for the resolution. It is accepted if no marker of a conflict is
     * left that neither side has, if every path has been decided, and if nothing has changed but what was in conflict and
     * what is allowed besides.
     *
     * @param conflicts what was in conflict
     * @param alsoAllowed which other paths may change
     * @param message of the merge commit
     * @param committer its author and committer
     * @return the merge commit, or what is wrong
     * @throws GitCommandException if git failed
     */
    public Resolution finish(
            Collection<Conflict> conflicts, Predicate<String> alsoAllowed, String message, Identity committer) {
        return finish(conflicts, alsoAllowed, message, committer, Signing.none());
    }

    /**
     * As {@link #finish(Collection, Predicate, String, Identity)}, with a commit that is signed.
     *
     * @param conflicts what was in conflict
     * @param alsoAllowed which other paths may change
     * @param message of the merge commit
     * @param committer its author and committer
     * @param signing how it is signed
     * @return the merge commit, or what is wrong
     * @throws GitCommandException if git failed, or could not sign
     */
    public Resolution finish(
            Collection<Conflict> conflicts,
            Predicate<String> alsoAllowed,
            String message,
            Identity committer,
            Signing signing) {
        return new ResolvedFiles(merge, conflicts).check(alsoAllowed, message, committer, signing);
    }
}
