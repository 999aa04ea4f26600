package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Revisions;

/**
 * Two commits to merge. Each is named by an object id or by a revision that ends in a commit ({@code main},
 * {@code refs/heads/main}, {@code v1.2}, {@code main~3}, {@code main@{1}}).
 *
 * @param ours the side that is merged into
 * @param theirs the side that is merged
 */
public record MergeRequest(String ours, String theirs) {
    /**
     * Checks the form of both; whether they exist is seen when they are merged.
     *
     * @param ours as for the record
     * @param theirs as for the record
     * @throws InvalidNameException if a revision is blank, starts with {@code -}, or has a control character
     */
    public MergeRequest {
        Revisions.check(ours);
        Revisions.check(theirs);
    }
}
