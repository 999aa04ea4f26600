package io.github.espalier.worktree;

/**
 * What to commit.
 *
 * @param worktree the worktree
 * @param message the commit's message
 * @param identity author and committer
 */
public record LeftoversRequest(Worktree worktree, String message, Identity identity) {}
