package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.GitRescue;

/**
 * Turns whatever a worktree holds into a commit under a ref. The commit's tree is the working tree byte for byte; its
 * parents are HEAD, which {@link Rescues#files} tells the files against, then (where they add something) a commit of the
 * index, the heads of an unfinished merge, rebase or cherry-pick, and commits that only the worktree's own refs and its own
 * log of HEAD know. An unmerged path's stages lie in the index commit under {@code .espalier-stage-1/}, {@code -2/} and
 * {@code -3/}.
 *
 * <p>No hook, filter driver, file-system monitor or signing program runs, and index and files of the worktree are left
 * as they are. A file whose time and size say that it is as checked out is taken as the index has it. A nested git
 * repository's files are kept as plain files; its history is named in {@link RescueOutcome.Saved#leftOut()}.
 *
 * <p>A worktree that was moved is found by git's record of it, or beside where it was. Of one that is gone, what was staged
 * and committed is kept, and {@link RescueOutcome.Saved#leftOut()} says where to look for the rest. Content that cannot be
 * read makes the rescue fail; sockets, pipes and devices, which have no content, are left out and named. After the ref is
 * made, all that it brought is looked for: what {@code git gc --prune=now} took meanwhile is stored again.
 */
public interface Rescue {
    /** Untracked content of more bytes than this, in total, is not copied but left out and named: 1 GiB. */
    long UNTRACKED_LIMIT = 1L << 30;

    /**
     * Rescue in a repository. Thread-safe.
     *
     * @param repository the repository
     * @return its rescue
     */
    static Rescue of(GitRepository repository) {
        return of(repository, UNTRACKED_LIMIT);
    }

    /**
     * Rescue with another limit. Thread-safe.
     *
     * @param repository the repository
     * @param untrackedLimit in the place of {@link #UNTRACKED_LIMIT}, in bytes, not negative
     * @return its rescue
     * @throws IllegalArgumentException if the limit is negative
     */
    static Rescue of(GitRepository repository, long untrackedLimit) {
        if (untrackedLimit < 0) {
            throw new IllegalArgumentException("untrackedLimit " + untrackedLimit + ": must not be negative");
        }
        return new GitRescue(repository, untrackedLimit);
    }

    /**
     * Keeps what a worktree holds.
     *
     * @param request what, and where to
     * @return what was kept. Asked again for the same content and ref, also after a crash and with another message, the answer
     *     is the same
     * @throws InvalidNameException if git would not take the ref
     * @throws RescueFailedException if it cannot be done: it names what lies where; there is no new ref, and nothing was
     *     removed
     */
    RescueOutcome save(RescueRequest request);
}
