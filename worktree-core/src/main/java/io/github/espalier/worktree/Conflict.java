package io.github.espalier.worktree;

import java.util.Optional;

/**
 * A path that two sides changed in ways that do not go together. Every path that {@code git merge} would leave unmerged has
 * one; the paths of one rename share their sides, so that each of them tells the whole story.
 *
 * @param path the path, from the root of the tree with {@code /} between names
 * @param kind why it could not be merged
 * @param base what the common ancestor has; empty: nothing
 * @param ours what our side has; empty: nothing
 * @param theirs what their side has; empty: nothing
 */
public record Conflict(
        String path, ConflictKind kind, Optional<Side> base, Optional<Side> ours, Optional<Side> theirs) {}
