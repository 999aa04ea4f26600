package io.github.espalier.separator;

import java.util.List;

/**
 * Two tasks that cannot go side by side.
 *
 * @param first the one that was given first
 * @param second the other
 * @param reasons why, the strongest first; at least one
 * @param probability how likely their changes are to collide, from 0 to 1; 1 where nobody estimated it
 */
public record TaskConflict(String first, String second, List<ConflictReason> reasons, double probability) {
    /**
     * Copies the list.
     *
     * @param first as for the record
     * @param second as for the record
     * @param reasons as for the record
     * @param probability as for the record
     */
    public TaskConflict {
        reasons = List.copyOf(reasons);
    }

    /**
     * A conflict that nobody estimated.
     *
     * @param first as for the record
     * @param second as for the record
     * @param reasons as for the record
     */
    public TaskConflict(String first, String second, List<ConflictReason> reasons) {
        this(first, second, reasons, 1);
    }
}
