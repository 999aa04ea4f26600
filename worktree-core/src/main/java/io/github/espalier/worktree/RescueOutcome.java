package io.github.espalier.worktree;

import java.util.List;

/** How a rescue ended. */
public sealed interface RescueOutcome {
    /**
     * The content is kept.
     *
     * @param ref the ref that keeps it: the one asked for, or with {@code -2}, {@code -3}… if that keeps something else
     * @param commit the commit it points to
     * @param leftOut what is not in the commit and lies only in the worktree, one line each for a person; while this is
     *     not empty, the worktree must not be removed
     */
    record Saved(String ref, String commit, List<String> leftOut) implements RescueOutcome {
        /**
         * Copies the list.
         *
         * @param ref the ref that keeps the content
         * @param commit the commit it points to
         * @param leftOut what is not in the commit
         */
        public Saved {
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * The worktree holds nothing that its own branch does not hold.
     *
     * @param tip the commit that HEAD is at
     */
    record NothingToSave(String tip) implements RescueOutcome {}
}
