package io.github.espalier.separator;

import java.time.Instant;
import java.util.List;

/**
 * A commit of the past, as far as it tells of changes to come.
 *
 * @param id the commit
 * @param time when it was committed
 * @param message its message, whose first line is the subject
 * @param paths what it changed against its first parent
 */
public record PastChange(String id, Instant time, String message, List<PathChange> paths) {
    /**
     * Copies the list.
     *
     * @param id as for the record
     * @param time as for the record
     * @param message as for the record
     * @param paths as for the record
     */
    public PastChange {
        paths = List.copyOf(paths);
    }

    /**
     * The first line of the message.
     *
     * @return without the line's end
     */
    public String subject() {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
