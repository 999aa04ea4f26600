package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.GitMergeSession;
import java.util.Set;

/**
 * A merger for many merges in a row: one git process ({@code git merge-tree --stdin}) stays and computes them all, which
 * saves the start of a process for each.
 *
 * <pre>{@code
 * try (MergeSession session = MergeSession.open(repository)) {
 *     for (String other : branches) {
 *         MergeOutcome outcome = session.merge(new MergeRequest(branch, other));
 *     }
 * }
 * }</pre>
 *
 * <p>Outcomes are those of {@link Merger#of(GitRepository)}. The process is started when it is first needed, and again where
 * our side's attribute files or the repository's own configuration are not those it was started with, where it crashed, or
 * where it did not answer in time; the merge in question is then done by {@link Merger#of(GitRepository)}. So is every merge
 * where git is older than 2.39. Changes of the user's or the system's configuration, and of {@code refs/replace/}, are seen
 * from the next process on.
 *
 * <p>Merges with the same attribute files should follow one another: two branches that differ in them, merged by turns, cost
 * a process each time.
 *
 * <p>Safe for use by several threads at once; they merge one after the other. For merges side by side, open several.
 */
public interface MergeSession extends Merger, AutoCloseable {

    /**
     * Opens a session.
     *
     * @param repository the repository
     * @return a session; to be closed
     * @throws GitCommandException if git cannot be started
     */
    static MergeSession open(GitRepository repository) {
        return open(repository, Set.of());
    }

    /**
     * Opens a session that may run some merge drivers.
     *
     * @param repository the repository
     * @param allowedDrivers as for {@link Merger#of(GitRepository, Set)}
     * @return a session; to be closed
     * @throws GitCommandException if git cannot be started, or the configuration not be read
     */
    static MergeSession open(GitRepository repository, Set<String> allowedDrivers) {
        return new GitMergeSession(repository, allowedDrivers);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the session is closed
     */
    @Override
    MergeOutcome merge(MergeRequest request);

    /** Ends the processes, after a merge that is under way. When this returns, none is left. Closing again does nothing. */
    @Override
    void close();
}
