package io.github.espalier.worktree;

import java.util.List;

/** What a conflict that somebody worked on came to. */
public sealed interface Resolution {
    /**
     * It is resolved.
     *
     * @param commit a merge of both sides, with their side for its first parent; no ref holds it yet
     * @param tree its tree
     */
    record Accepted(String commit, String tree) implements Resolution {}

    /**
     * It is not.
     *
     * @param reasons for a person, at least one
     */
    record Rejected(List<String> reasons) implements Resolution {
        /**
         * Copies the list.
         *
         * @param reasons as for the record
         */
        public Rejected {
            reasons = List.copyOf(reasons);
        }
    }
}
