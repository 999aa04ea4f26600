package io.github.espalier.worktree;

import java.nio.file.Path;

/**
 * A linked worktree of ours.
 *
 * @param directory its working directory, absolute
 * @param gitDirectory its administrative directory in the repository ({@code .git/worktrees/…}), absolute
 * @param branch its branch, without {@code refs/heads/}
 * @param base the commit it was started from, in full
 * @param adopted whether it was left from before, ours and unchanged, and was taken over instead of being made
 */
public record Worktree(Path directory, Path gitDirectory, String branch, String base, boolean adopted) {
    /**
     * The branch's ref.
     *
     * @return {@code refs/heads/} and the branch
     */
    public String ref() {
        return "refs/heads/" + branch;
    }
}
