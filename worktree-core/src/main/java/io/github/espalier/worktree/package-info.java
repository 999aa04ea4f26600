/**
 * Worktrees, merges, target branches and rescue.
 *
 * <p>The way through the package begins at {@link io.github.espalier.worktree.GitRepository#open}: everything else is made for
 * a repository.
 *
 * <ul>
 *   <li>Work beside each other: {@link io.github.espalier.worktree.WorktreeManager} adds and removes worktrees, {@link
 *       io.github.espalier.worktree.Leftovers} commits what was left in one, {@link io.github.espalier.worktree.Rescue} keeps
 *       whatever else it holds, and {@link io.github.espalier.worktree.WorktreeSnapshots} sees what it holds while somebody
 *       works there.
 *   <li>Merge: {@link io.github.espalier.worktree.Merger} computes a merge on objects, and {@link
 *       io.github.espalier.worktree.ConflictReader} tells what is in its conflicts: lines, commits, and a text to read.
 *   <li>Land: {@link io.github.espalier.worktree.Integrator} makes the commit, and {@link
 *       io.github.espalier.worktree.TargetBranch} publishes it, with the checkouts of the branch carried along.
 *   <li>Undo: {@link io.github.espalier.worktree.Reverter} makes the commit that takes a landing out again, and {@link
 *       io.github.espalier.worktree.TargetBranch#retreat} moves the target back where nothing came after.
 *   <li>Guard: {@link io.github.espalier.worktree.TrustedConfiguration} says which filters may run, {@link
 *       io.github.espalier.worktree.RepositoryFingerprint}, {@link io.github.espalier.worktree.CheckoutSnapshot} and {@link
 *       io.github.espalier.worktree.EscapingLink} show what was tampered with.
 * </ul>
 */
package io.github.espalier.worktree;
