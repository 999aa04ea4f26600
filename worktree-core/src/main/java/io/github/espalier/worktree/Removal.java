package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Names;
import java.util.Optional;

/**
 * How a worktree is to be removed.
 *
 * @param discardUncommitted whether uncommitted content may go: only after {@link Rescue} has saved it
 * @param deleteBranchAt the branch goes too if it still is at this commit; empty: it stays
 */
public record Removal(boolean discardUncommitted, Optional<String> deleteBranchAt) {
    /**
     * Checks the commit.
     *
     * @param discardUncommitted as for the record
     * @param deleteBranchAt as for the record
     * @throws InvalidNameException if it is no full object id
     */
    public Removal {
        deleteBranchAt.ifPresent(Names::requireObjectId);
    }

    /**
     * Removes the directory and keeps the branch; refuses while there is uncommitted content.
     *
     * @return the removal
     */
    public static Removal keepingBranch() {
        return new Removal(false, Optional.empty());
    }

    /**
     * Also deletes the branch, if it still is at the given commit.
     *
     * @param commit the commit, in full; the caller has seen that another ref holds it
     * @return the removal
     */
    public static Removal deletingBranchAt(String commit) {
        return new Removal(false, Optional.of(commit));
    }

    /**
     * The same, but uncommitted content may go.
     *
     * @return the removal
     */
    public Removal afterRescue() {
        return new Removal(true, deleteBranchAt);
    }
}
