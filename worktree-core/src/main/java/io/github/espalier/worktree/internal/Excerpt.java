package io.github.espalier.worktree.internal;

import java.util.ArrayList;
import java.util.List;

/** Takes lines out of a file for a person to read, and not more than somebody would. Not thread-safe. */
final class Excerpt {
    private static final int MOST_CHARACTERS = 64 << 10;
    private static final int LONGEST_LINE = 2_000;

    private int left = MOST_CHARACTERS;
    private boolean cut;

    boolean isCut() {
        return cut;
    }

    void cut() {
        cut = true;
    }

    /** As many of the lines as there is room for. */
    List<String> lines(MergedLines.Range range) {
        List<String> lines = new ArrayList<>();
        for (int i = range.begin(); i < range.end(); i++) {
            if (left <= 0) {
                cut = true;
                break;
            }
            lines.add(line(range, i));
        }
        return lines;
    }

    String line(MergedLines.Range range, int number) {
        String line = range.text().getString(number);
        int length = Math.min(line.length(), Math.max(0, Math.min(left, LONGEST_LINE)));
        cut |= length < line.length();
        left -= length + 1;
        return line.substring(0, length);
    }
}
