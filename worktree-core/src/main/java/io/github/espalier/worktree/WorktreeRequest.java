package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Names;
import java.nio.file.Path;

/**
 * A worktree that is wanted.
 *
 * @param directory where; made absolute; it must not exist yet, or be empty, unless it can be adopted
 * @param branch its new branch, without {@code refs/heads/}
 * @param base the commit to start from, in full
 */
public record WorktreeRequest(Path directory, String branch, String base) {
    /**
     * Checks the names.
     *
     * @param directory as for the record
     * @param branch as for the record
     * @param base as for the record
     * @throws InvalidNameException if the branch is no valid name for git, or the base is no full object id
     */
    public WorktreeRequest {
        directory = directory.toAbsolutePath().normalize();
        Names.requireBranch(branch);
        Names.requireObjectId(base);
    }
}
