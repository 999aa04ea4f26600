package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.LinkTargets;
import java.util.List;

/**
 * A symbolic link in a commit that leads out of the tree: to an absolute path, above the root, or into {@code .git}. What is
 * written through it in a checkout changes files that no commit holds.
 *
 * @param path where the link is, with {@code /}, relative to the root
 * @param target what it says
 */
public record EscapingLink(String path, String target) {
    /**
     * The escaping links that one commit has and another has not, or has otherwise. Links are resolved in the later commit's
     * tree, through its other links; no file system is asked.
     *
     * @param repository the repository
     * @param base the earlier commit, in full
     * @param tip the later commit, in full
     * @return the links, in the order of their paths
     * @throws InvalidNameException if one is no full object id
     * @throws GitCommandException if there is no such commit
     */
    public static List<EscapingLink> addedBetween(GitRepository repository, String base, String tip) {
        return LinkTargets.escaping(repository, base, tip);
    }
}
