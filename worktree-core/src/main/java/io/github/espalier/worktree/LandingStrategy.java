package io.github.espalier.worktree;

/** How a branch's work becomes part of a target branch. */
public enum LandingStrategy {
    /** A merge commit with both as parents, even where a fast-forward would do ({@code git merge --no-ff}). */
    MERGE,
    /** One commit on the target with all of the branch's changes ({@code git merge --squash}). */
    SQUASH,
    /** The branch's commits made again on the target, one by one ({@code git rebase}). */
    REBASE,
    /** The branch's own tip, if the target has not moved away from the branch ({@code git merge --ff-only}). */
    FAST_FORWARD
}
