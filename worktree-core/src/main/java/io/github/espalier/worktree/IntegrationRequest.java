package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Revisions;

/**
 * A branch to be integrated into a target.
 *
 * @param onto the commit the target is at: an id or a revision
 * @param branchTip the branch's last commit: an id or a revision
 * @param strategy how
 * @param message message of the merge or squash commit; not used by the other strategies
 * @param committer committer of every commit that is made, and author of a merge commit
 */
public record IntegrationRequest(
        String onto, String branchTip, LandingStrategy strategy, String message, Identity committer) {
    /**
     * Checks the form of the revisions and the message.
     *
     * @param onto as for the record
     * @param branchTip as for the record
     * @param strategy as for the record
     * @param message as for the record
     * @param committer as for the record
     * @throws InvalidNameException if a revision is blank, starts with {@code -}, or has a control character; or if the
     *     message has a NUL character, or is blank where the strategy needs one
     */
    public IntegrationRequest {
        Revisions.check(onto);
        Revisions.check(branchTip);
        boolean needed = strategy == LandingStrategy.MERGE || strategy == LandingStrategy.SQUASH;
        if ((needed && message.isBlank()) || message.indexOf('\0') >= 0) {
            throw new InvalidNameException(message, "a commit message needs text, and cannot hold a NUL character");
        }
    }
}
