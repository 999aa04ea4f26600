package io.github.espalier.worktree;

import java.util.List;
import java.util.Optional;

/** What a merge came to. */
public sealed interface MergeOutcome {

    /**
     * Both sides went together.
     *
     * @param tree id of the merged tree, in full; it exists in the repository, and no ref holds it yet
     */
    record Merged(String tree) implements MergeOutcome {}

    /**
     * Our side contains their side already.
     *
     * @param tree id of our side's tree, in full
     */
    record UpToDate(String tree) implements MergeOutcome {}

    /**
     * The sides do not go together.
     *
     * @param conflicts at least one, in the order of their paths
     * @param tree id of a tree with conflict markers in the files concerned, where the engine makes one; never to be
     *     published
     */
    record Conflicted(List<Conflict> conflicts, Optional<String> tree) implements MergeOutcome {
        /**
         * Copies the list.
         *
         * @param conflicts as for the record
         * @param tree as for the record
         */
        public Conflicted {
            conflicts = List.copyOf(conflicts);
        }
    }
}
