package io.github.espalier.separator.internal;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A set of task numbers that takes little room, whether it holds few tasks or most of them. Immutable. */
final class Neighbours {
    private static final int BITS = 32;

    static final Neighbours NONE = new Neighbours(IntStream.empty(), 0);

    private final int[] few;
    private final @Nullable BitSet many;

    /**
     * @param size how many tasks there are in all
     */
    Neighbours(IntStream numbers, int size) {
        int[] sorted = numbers.sorted().distinct().toArray();
        boolean dense = sorted.length > size / BITS;
        few = dense ? new int[0] : sorted;
        many = dense ? new BitSet(size) : null;
        if (many != null) {
            Arrays.stream(sorted).forEach(many::set);
        }
    }

    boolean has(int number) {
        return many == null ? Arrays.binarySearch(few, number) >= 0 : many.get(number);
    }
}
