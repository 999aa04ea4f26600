package io.github.espalier.worktree;

import java.util.List;
import java.util.Optional;

/** What an integration came to. */
public sealed interface IntegrationOutcome {

    /**
     * There is a commit that the target can move to.
     *
     * @param commit its id, in full; it exists in the repository, and no ref holds it yet
     * @param tree id of its tree, in full
     */
    record Integrated(String commit, String tree) implements IntegrationOutcome {}

    /** The target has all of the branch already; for squash and rebase also: what it has not got changes nothing. */
    record NothingToIntegrate() implements IntegrationOutcome {}

    /**
     * The branch does not go together with the target.
     *
     * @param conflicts at least one, in the order of their paths
     * @param atCommit when rebasing: the id of the branch's commit that does not apply
     */
    record Conflicted(List<Conflict> conflicts, Optional<String> atCommit) implements IntegrationOutcome {
        /**
         * Copies the list.
         *
         * @param conflicts as for the record
         * @param atCommit as for the record
         */
        public Conflicted {
            conflicts = List.copyOf(conflicts);
        }
    }

    /** The strategy was fast-forward, and the target has commits that the branch has not. */
    record NotFastForward() implements IntegrationOutcome {}
}
