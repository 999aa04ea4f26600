package io.github.espalier.worktree;

/**
 * What a worktree held at a moment. No ref holds its objects, so that git's garbage collection takes them in the end: use it
 * soon, or put a ref on it.
 *
 * @param commit a commit of the tree whose parent is the head, for merging with others; the head itself if nothing differs
 *     from it. The same content on the same head has the same id
 * @param tree id of the tree of the worktree's files, in full
 * @param head the commit that the worktree had out, in full
 */
public record Snapshot(String commit, String tree, String head) {}
