package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.GitConflictReader;
import java.util.List;

/**
 * Tells what is in conflicts: the lines, the commits that they come from, and a text that a person can read.
 *
 * <pre>{@code
 * if (merger.merge(request) instanceof MergeOutcome.Conflicted conflicted) {
 *     ConflictReader.of(repository)
 *             .read(request.ours(), request.theirs(), conflicted.conflicts())
 *             .forEach(detail -> show(detail.patch()));
 * }
 * }</pre>
 *
 * <p>Reading is bounded, whatever agents have written: 100 conflicts, files of 1 MiB and 16 MiB in all, 64 Ki characters of a
 * path's lines, and three seconds of looking through histories. {@link ConflictDetail#cut()} tells where more would be to say.
 * Nothing is fetched, no program of the repository's configuration runs, and nothing is written.
 *
 * <p>Conflict readers are immutable and safe for use by several threads at once.
 */
public interface ConflictReader {

    /**
     * Reads the details of conflicts.
     *
     * @param ours the commit that was merged into: an id or a revision
     * @param theirs the commit that was merged: an id or a revision. Where a merge had a base of its own, as that of a
     *     {@link Reverter} has, the commit of that base
     * @param conflicts what came of it
     * @return one for each conflict, in the same order
     * @throws InvalidNameException if a revision is blank, starts with {@code -}, or has a control character
     * @throws UnknownRevisionException if a revision names no commit of the repository
     * @throws GitCommandException if git failed
     */
    List<ConflictDetail> read(String ours, String theirs, List<Conflict> conflicts);

    /**
     * Reads the lines alone, from the blobs that the conflicts name: hunks and texts without commits. No history is looked
     * at, so that it costs the start of two processes, however many conflicts there are, and works where no ref holds the
     * commits.
     *
     * @param conflicts conflicts of any merges
     * @return one for each conflict, in the same order
     * @throws GitCommandException if git failed
     */
    List<ConflictDetail> lines(List<Conflict> conflicts);

    /**
     * The reader to use.
     *
     * @param repository the repository
     * @return a reader
     */
    static ConflictReader of(GitRepository repository) {
        return new GitConflictReader(repository);
    }
}
