package io.github.espalier.worktree;

import java.util.List;

/**
 * Lines of one side of a conflict.
 *
 * @param start number of the first line, from 1; of no lines, number of the line that they would stand before
 * @param count how many lines there are
 * @param lines their text without line breaks, read as UTF-8 where it is; fewer than there are, or not to their ends,
 *     where the conflict is {@linkplain ConflictDetail#cut() cut}
 * @param commits the commits of that side since the common ancestor that the lines come from, in full, in the order of the
 *     lines; where the side has deleted all lines, or has over 20,000 of them, those that touched the file
 */
public record ConflictLines(int start, int count, List<String> lines, List<String> commits) {
    /**
     * Copies the lists.
     *
     * @param start as for the record
     * @param count as for the record
     * @param lines as for the record
     * @param commits as for the record
     */
    public ConflictLines {
        lines = List.copyOf(lines);
        commits = List.copyOf(commits);
    }
}
