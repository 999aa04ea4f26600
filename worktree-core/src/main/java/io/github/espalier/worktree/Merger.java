package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.GitMerger;
import io.github.espalier.worktree.internal.JGitMerger;
import java.util.Set;

/**
 * Merges two commits as a computation on objects: no ref moves, and no index and no file of any checkout is touched.
 *
 * <pre>{@code
 * MergeOutcome outcome = Merger.of(repository).merge(new MergeRequest("main", "feature/us-1"));
 * if (outcome instanceof MergeOutcome.Merged merged) {
 *     publish(merged.tree());
 * }
 * }</pre>
 *
 * <p>Mergers are safe for use by several threads at once. {@link MergeSession} is one for many merges in a row.
 */
public interface Merger {

    /**
     * Merges their side into our side.
     *
     * @param request the two sides
     * @return the merged tree, or that there is nothing to merge, or what is in conflict
     * @throws UnknownRevisionException if a side names no commit of the repository
     * @throws UnrelatedHistoriesException if the sides have no common ancestor
     * @throws UnsupportedMergeException if the engine cannot merge this faithfully
     * @throws GitCommandException if git failed; {@link GitDiedException} if it crashed and no other engine could help
     */
    MergeOutcome merge(MergeRequest request);

    /**
     * The merger to use: {@code git merge-tree --write-tree}, whose result is that of {@code git merge} with our side
     * checked out: renames, modes, symbolic links, submodules, several merge bases, the repository's merge configuration
     * and the {@code .gitattributes} of our side.
     *
     * <p>A merge driver of the repository's configuration ({@code merge.<name>.driver}) is a program that a merge would run.
     * None runs unless {@linkplain #of(GitRepository, Set) allowed}: a path that one is responsible for, and that both sides
     * changed, is in conflict. The same holds for filters ({@code filter.<name>.clean}), which {@code merge.renormalize}
     * would run.
     *
     * <p>If git crashes, which versions of it are known to do on certain renames of whole directories, the merge is done
     * again by {@link #jgit}, and the log says so.
     *
     * @param repository the repository
     * @return a merger
     */
    static Merger of(GitRepository repository) {
        return of(repository, Set.of());
    }

    /**
     * The merger to use where paths have merge drivers that may run.
     *
     * <pre>{@code
     * // .gitattributes: *.po merge=gettext; configuration: merge.gettext.driver = msgmerge …
     * Merger merger = Merger.of(repository, Set.of("gettext"));
     * }</pre>
     *
     * <p>A driver is a program that runs with this process's rights. Which one a name stands for is read from the
     * configuration now: what somebody configures later does not run, and a name without a driver allows nothing. It runs in
     * a temporary folder that holds our side's attribute files and nothing else of the tree. If git crashes on a path that
     * a driver is responsible for, the merge fails with a {@link GitDiedException}.
     *
     * @param repository the repository
     * @param allowedDrivers names of drivers, {@code <name>} in {@code merge.<name>.driver}
     * @return a merger
     * @throws GitCommandException if the configuration cannot be read
     */
    static Merger of(GitRepository repository, Set<String> allowedDrivers) {
        return new GitMerger(repository, allowedDrivers);
    }

    /**
     * JGit's recursive merger, in this process. It follows no renames: where the other side changed a file that was renamed,
     * or put one into a folder that was, it finds a conflict that git might settle. What it could not merge as git does, it
     * refuses with an {@link UnsupportedMergeException}: repositories with SHA-256 ids, partial clones, replaced objects,
     * {@code merge.renormalize}, paths that a merge driver is configured for, and sides that have more than two best common
     * ancestors, or two that conflict with one another.
     *
     * @param repository the repository
     * @return a merger
     */
    static Merger jgit(GitRepository repository) {
        return new JGitMerger(repository);
    }
}
