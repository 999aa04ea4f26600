package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.Footprint.Touch;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Declared parts of a file: lines or a member. */
final class Regions {
    /**
     * The expected collisions of changes to one file whose hunks are more than three lines apart. Among 57,127 pairs of real
     * changes 3 % of the conflicts were such, and about one pair in three of those that share a file conflicts.
     */
    static final double COLLISIONS_FAR_APART = 0.02;

    private static final int NEAR = 3;
    private static final Pattern LINES = Pattern.compile("(\\d{1,9})(?:[-:](\\d{1,9}))?");

    private Regions() {}

    /** Whether both say which parts they mean, and no part of one is near one of the other. */
    static boolean far(List<Touch> mine, List<Touch> theirs) {
        Optional<List<String>> my = PairEstimator.regions(mine);
        Optional<List<String>> their = PairEstimator.regions(theirs);
        return my.isPresent()
                && their.isPresent()
                && my.get().stream().allMatch(one -> their.get().stream().allMatch(other -> far(one, other)));
    }

    /** Of lines and a member it is not known whether they are near. */
    private static boolean far(String one, String other) {
        Matcher a = LINES.matcher(one);
        Matcher b = LINES.matcher(other);
        if (a.matches() && b.matches()) {
            return Integer.parseInt(a.group(1)) > end(b) + NEAR || Integer.parseInt(b.group(1)) > end(a) + NEAR;
        }
        return !LINES.matcher(one).matches() && !LINES.matcher(other).matches() && !one.equals(other);
    }

    private static int end(Matcher lines) {
        return Integer.parseInt(lines.group(2) == null ? lines.group(1) : lines.group(2));
    }
}
