package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.ObjectIntegrator;
import java.time.Clock;
import java.time.ZoneId;

/**
 * Makes the commit that lands a branch, as a computation on objects: no ref moves, and no index and no file of any checkout
 * is touched. Publishing the commit is a step of its own.
 *
 * <pre>{@code
 * IntegrationOutcome outcome = Integrator.of(repository)
 *         .integrate(new IntegrationRequest(tip, "feature/us-1", LandingStrategy.MERGE, "Land us-1", committer));
 * }</pre>
 *
 * <ul>
 *   <li>{@link LandingStrategy#MERGE}: a commit with the target and the branch as parents. A branch whose commits change
 *       nothing in the tree is merged all the same: its history is what it brings.
 *   <li>{@link LandingStrategy#SQUASH}: one commit. Where all of the branch's commits (merges aside) have one author, it
 *       keeps that author, with the date of the last of them; else the committer is its author, and the message names each
 *       of them by {@code Co-authored-by}.
 *   <li>{@link LandingStrategy#REBASE}: the commits that {@code git rebase} would pick: merge commits are left out, and so
 *       are commits whose change the target has already. Author, author date, encoding and message are kept byte for byte;
 *       signatures are dropped, since they no longer fit. Commits that change nothing are dropped, those too that never
 *       did ({@code git rebase --no-keep-empty}). A commit that needs no change is kept as it is.
 *   <li>{@link LandingStrategy#FAST_FORWARD}: no commit is made.
 * </ul>
 *
 * <p>Integrators are immutable and safe for use by several threads at once.
 */
public interface Integrator {

    /**
     * Makes the commit.
     *
     * @param request what to integrate into what, and how
     * @return the commit, or why there is none
     * @throws UnknownRevisionException if a revision names no commit of the repository
     * @throws UnrelatedHistoriesException if merge or squash is asked for commits without a common ancestor
     * @throws UnsupportedMergeException if the merger cannot merge this faithfully
     * @throws GitCommandException if git failed
     */
    IntegrationOutcome integrate(IntegrationRequest request);

    /**
     * An integrator with {@linkplain Merger#of the default merger} and the system's clock.
     *
     * @param repository the repository
     * @return an integrator
     */
    static Integrator of(GitRepository repository) {
        return of(repository, Merger.of(repository));
    }

    /**
     * An integrator with a merger of one's own and the system's clock.
     *
     * @param repository the repository
     * @param merger what merges; it writes trees into the same repository
     * @return an integrator
     */
    static Integrator of(GitRepository repository, Merger merger) {
        return of(repository, merger, Clock.system(ZoneId.systemDefault()));
    }

    /**
     * An integrator with a merger and a clock of one's own.
     *
     * @param repository the repository
     * @param merger what merges; it writes trees into the same repository
     * @param clock dates the commits that are made, in its own time zone
     * @return an integrator
     */
    static Integrator of(GitRepository repository, Merger merger, Clock clock) {
        return of(repository, merger, clock, Signing.none());
    }

    /**
     * An integrator that signs the commits that it makes. What it takes over as it is keeps the signature that it has.
     *
     * @param repository the repository
     * @param merger what merges; it writes trees into the same repository
     * @param clock dates the commits that are made, in its own time zone
     * @param signing how commits are signed; git runs the program that this names
     * @return an integrator
     */
    static Integrator of(GitRepository repository, Merger merger, Clock clock, Signing signing) {
        return new ObjectIntegrator(repository, merger, clock, signing);
    }
}
