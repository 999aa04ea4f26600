package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.AdminDirectories;
import io.github.espalier.worktree.internal.WorktreeList;
import java.nio.file.Path;
import java.util.Optional;

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
     * Finds a worktree again.
     *
     * @param repository the repository
     * @param directory its working directory, which may be gone
     * @param branch the branch it is expected to have out, without {@code refs/heads/}
     * @param base the commit it was started from, in full
     * @return the worktree; empty: no linked worktree with that branch is registered for that directory
     */
    public static Optional<Worktree> at(GitRepository repository, Path directory, String branch, String base) {
        boolean registered = new WorktreeList(repository)
                .entries().stream()
                        .filter(entry -> entry.branch().equals(Optional.of(branch)))
                        .anyMatch(entry -> AdminDirectories.same(entry.directory(), directory));
        return Optional.of(registered)
                .filter(found -> found)
                .flatMap(found -> AdminDirectories.of(repository, directory))
                .map(admin -> new Worktree(directory, admin, branch, base, true));
    }

    /**
     * The branch's ref.
     *
     * @return {@code refs/heads/} and the branch
     */
    public String ref() {
        return "refs/heads/" + branch;
    }
}
