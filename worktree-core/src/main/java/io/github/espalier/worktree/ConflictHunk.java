package io.github.espalier.worktree;

/**
 * One place in a file where two sides do not go together.
 *
 * @param base what the common ancestor has there; its commits are not looked for
 * @param ours what our side has there
 * @param theirs what their side has there
 */
public record ConflictHunk(ConflictLines base, ConflictLines ours, ConflictLines theirs) {}
