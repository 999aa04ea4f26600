package io.github.espalier.worktree;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A worktree that the repository has registered, as {@code git worktree list} tells: the main one, ours and others'.
 *
 * @param directory its directory; for a bare repository the repository
 * @param head the commit it has checked out; empty: bare, or unborn
 * @param branch its branch, without {@code refs/heads/}; empty: bare, or a detached HEAD
 * @param bare whether it is a bare repository's entry
 * @param missing why git would prune it, usually because its directory is gone; empty: it is sound
 */
public record WorktreeEntry(
        Path directory, Optional<String> head, Optional<String> branch, boolean bare, Optional<String> missing) {}
