/** Worktrees, merges, target branches and rescue. */
package io.github.espalier.worktree;
