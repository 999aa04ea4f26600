package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Git;
import io.github.espalier.worktree.internal.Names;
import java.util.List;

/** The paths that a commit holds. */
public final class TrackedFiles {
    private TrackedFiles() {}

    /**
     * Lists a commit's paths.
     *
     * @param repository the repository
     * @param commit full id of the commit
     * @return paths with {@code /}, relative to the root, in git's order; submodules included
     * @throws InvalidNameException if that is no full object id
     * @throws GitCommandException if there is no such commit
     */
    public static List<String> at(GitRepository repository, String commit) {
        Names.requireObjectId(commit);
        return Git.of(repository)
                .command("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
                .run()
                .nulSeparated()
                .stream()
                .filter(path -> !path.isEmpty())
                .toList();
    }
}
