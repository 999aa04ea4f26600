package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.ObjectReverter;
import java.time.Clock;
import java.time.ZoneId;

/**
 * Makes the commit that undoes a landing, as a computation on objects: no ref moves, and no index and no file of any
 * checkout is touched. Publishing the commit is a step of its own ({@link TargetBranch#advance}).
 *
 * <pre>{@code
 * RevertRequest request = new RevertRequest(target.tip(), landing + "^1", landing, "Revert us-1", committer);
 * IntegrationOutcome outcome = Reverter.of(repository).revert(request);
 * }</pre>
 *
 * <p>The new commit has the target's tree with the change taken out, as {@code git revert} would ({@code git revert -m 1}
 * for a merge): what came after it stays, and where that touches the same lines there is a conflict. A conflict's base is
 * the end of the change, its ours the target, its theirs the beginning of the change.
 *
 * <p>After a merge was reverted, its branch counts as merged all the same: merging it again brings nothing. To get the
 * change back, revert the revert. Where nothing came after a landing, {@link TargetBranch#retreat} is the other way.
 *
 * <p>Reverters are immutable and safe for use by several threads at once.
 */
public interface Reverter {

    /**
     * Makes the commit.
     *
     * @param request what to take out of what
     * @return the commit; or {@link IntegrationOutcome.NothingToIntegrate} if the target has nothing of the change (any
     *     more); or {@link IntegrationOutcome.Conflicted} if later changes do not go together with taking it out
     * @throws UnknownRevisionException if a revision names no commit of the repository
     * @throws NotAnAncestorException if the change's beginning is not in the history of its end
     * @throws UnsupportedMergeException if the merger cannot merge this faithfully
     * @throws GitCommandException if git failed
     */
    IntegrationOutcome revert(RevertRequest request);

    /**
     * A reverter with {@linkplain Merger#of the default merger} and the system's clock.
     *
     * @param repository the repository
     * @return a reverter
     */
    static Reverter of(GitRepository repository) {
        return of(repository, Merger.of(repository));
    }

    /**
     * A reverter with a merger of one's own and the system's clock.
     *
     * @param repository the repository
     * @param merger what merges; it writes trees into the same repository
     * @return a reverter
     */
    static Reverter of(GitRepository repository, Merger merger) {
        return of(repository, merger, Clock.system(ZoneId.systemDefault()));
    }

    /**
     * A reverter with a merger and a clock of one's own.
     *
     * @param repository the repository
     * @param merger what merges; it writes trees into the same repository
     * @param clock dates the commits that are made, in its own time zone
     * @return a reverter
     */
    static Reverter of(GitRepository repository, Merger merger, Clock clock) {
        return of(repository, merger, clock, Signing.none());
    }

    /**
     * A reverter that signs.
     *
     * @param repository the repository
     * @param merger what merges; it writes trees into the same repository
     * @param clock dates the commits that are made, in its own time zone
     * @param signing how the commits are signed
     * @return a reverter
     */
    static Reverter of(GitRepository repository, Merger merger, Clock clock, Signing signing) {
        return new ObjectReverter(repository, merger, clock, signing);
    }
}
