package io.github.espalier.worktree;

/**
 * What to rescue, and under which ref.
 *
 * @param worktree the worktree whose content is to be kept
 * @param ref full name of the ref to make, for example {@code refs/espalier/rescue/<run>/<task>/<attempt>}
 * @param message the commit's message
 * @param includeIgnored whether files that git ignores are kept too; what an agent has made git ignore counts as ignored
 */
public record RescueRequest(Worktree worktree, String ref, String message, boolean includeIgnored) {}
