package io.github.espalier.separator;

import java.util.List;

/**
 * Two tasks that cannot go side by side.
 *
 * @param first the one that was given first
 * @param second the other
 * @param reasons why; at least one
 */
public record TaskConflict(String first, String second, List<ConflictReason> reasons) {
    /**
     * Copies the list.
     *
     * @param first as for the record
     * @param second as for the record
     * @param reasons as for the record
     */
    public TaskConflict {
        reasons = List.copyOf(reasons);
    }
}
