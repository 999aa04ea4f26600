package io.github.espalier.separator.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of characters as ranges.
 *
 * @param ranges sorted, apart from each other
 */
record CharSet(List<Range> ranges) {
    private static final CharSet NAME = new CharSet(
            List.of(new Range((char) 1, (char) ('/' - 1)), new Range((char) ('/' + 1), Character.MAX_VALUE)));

    /** From one character to another, both included. */
    record Range(char from, char to) {}

    static CharSet of(char c) {
        return new CharSet(List.of(new Range(c, c)));
    }

    /** Every character that a file's name may hold. */
    static CharSet anyInName() {
        return NAME;
    }

    /** Characters and ranges in any order; with {@code negated}, whatever else a name may hold. */
    static CharSet of(List<Range> parts, boolean negated) {
        List<Range> sorted = new ArrayList<>(parts);
        sorted.sort((a, b) -> Character.compare(a.from, b.from));
        List<Range> wanted = negated ? gaps(sorted) : sorted;
        return new CharSet(
                wanted.stream().flatMap(range -> within(range).stream()).toList());
    }

    private static List<Range> gaps(List<Range> sorted) {
        List<Range> gaps = new ArrayList<>();
        int next = 1;
        for (Range range : sorted) {
            if (range.from > next) {
                gaps.add(new Range((char) next, (char) (range.from - 1)));
            }
            next = Math.max(next, range.to + 1);
        }
        if (next <= Character.MAX_VALUE) {
            gaps.add(new Range((char) next, Character.MAX_VALUE));
        }
        return gaps;
    }

    private static List<Range> within(Range range) {
        List<Range> parts = new ArrayList<>();
        for (Range name : NAME.ranges) {
            char from = (char) Math.max(range.from, name.from);
            char to = (char) Math.min(range.to, name.to);
            if (from <= to) {
                parts.add(new Range(from, to));
            }
        }
        return parts;
    }

    boolean meets(CharSet other) {
        for (Range mine : ranges) {
            for (Range theirs : other.ranges) {
                if (mine.from <= theirs.to && theirs.from <= mine.to) {
                    return true;
                }
            }
        }
        return false;
    }
}
