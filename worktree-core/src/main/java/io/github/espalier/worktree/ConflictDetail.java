package io.github.espalier.worktree;

import java.util.List;

/**
 * What is in a conflict.
 *
 * @param conflict the conflict
 * @param hunks the places where the sides do not go together, in the order of the file; none for kinds of conflicts that are
 *     not about lines, and for files that are too large to show
 * @param ourCommits the commits of our side since the common ancestor that had a part in it, in full: those that the hunks'
 *     lines come from, or, without hunks, those that touched the path
 * @param theirCommits likewise of their side
 * @param patch a text for a person: what each side did, and each hunk between conflict markers with three lines around it
 * @param cut whether something was left out, because there is too much of it or because it could not be found in time
 */
public record ConflictDetail(
        Conflict conflict,
        List<ConflictHunk> hunks,
        List<String> ourCommits,
        List<String> theirCommits,
        String patch,
        boolean cut) {
    /**
     * Copies the lists.
     *
     * @param conflict as for the record
     * @param hunks as for the record
     * @param ourCommits as for the record
     * @param theirCommits as for the record
     * @param patch as for the record
     * @param cut as for the record
     */
    public ConflictDetail {
        hunks = List.copyOf(hunks);
        ourCommits = List.copyOf(ourCommits);
        theirCommits = List.copyOf(theirCommits);
    }
}
