package io.github.espalier.worktree;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * How a pool keeps worktrees for their next tasks. Immutable.
 *
 * @param most how many may wait at once, at least 1
 * @param spares how many are made ahead while others are in use
 * @param mostBytes how much all that wait may hold, in bytes as files tell them
 * @param oldest how long one may wait
 * @param keeping what emptying leaves of what git ignores or does not know, as patterns of {@code .gitignore}; whoever names
 *     one lets a task see what earlier tasks left there
 * @param room asked before one is made ahead: whether the machine has room for it now
 */
public record PoolOptions(
        int most, int spares, long mostBytes, Duration oldest, List<String> keeping, BooleanSupplier room) {
    private static final long GIBIBYTE = 1L << 30;

    /**
     * Checks and copies.
     *
     * @param most as for the record
     * @param spares as for the record
     * @param mostBytes as for the record
     * @param oldest as for the record
     * @param keeping as for the record
     * @param room as for the record
     * @throws IllegalArgumentException if one cannot be; the message names it
     */
    public PoolOptions {
        keeping = List.copyOf(keeping);
        if (most < 1) {
            throw new IllegalArgumentException("most " + most + " is too few; give at least 1, or use no pool");
        }
        if (spares < 0 || spares > most) {
            throw new IllegalArgumentException("spares " + spares + " is not between 0 and most, " + most);
        }
        if (mostBytes <= 0) {
            throw new IllegalArgumentException("mostBytes " + mostBytes + " is not above 0");
        }
        if (oldest.isNegative() || oldest.isZero()) {
            throw new IllegalArgumentException("oldest " + oldest + " is not above 0");
        }
        for (String pattern : keeping) {
            if (pattern.isBlank() || pattern.startsWith("!") || pattern.contains("\n")) {
                throw new IllegalArgumentException(
                        "keeping \"" + pattern + "\" is no pattern; give one such as target/");
            }
        }
    }

    /**
     * Up to four that wait, one made ahead, 20 GiB, a week, nothing left by one task for the next.
     *
     * @return the options
     */
    public static PoolOptions defaults() {
        return new PoolOptions(4, 1, 20 * GIBIBYTE, Duration.ofDays(7), List.of(), () -> true);
    }

    /**
     * With another number that may wait, and as many made ahead as that allows.
     *
     * @param count at least 1
     * @return the options
     */
    public PoolOptions withMost(int count) {
        return new PoolOptions(count, Math.min(spares, Math.max(0, count)), mostBytes, oldest, keeping, room);
    }

    /**
     * With another number made ahead.
     *
     * @param count 0: none
     * @return the options
     */
    public PoolOptions withSpares(int count) {
        return new PoolOptions(most, count, mostBytes, oldest, keeping, room);
    }

    /**
     * With another bound of disk space.
     *
     * @param bytes more than 0
     * @return the options
     */
    public PoolOptions withMostBytes(long bytes) {
        return new PoolOptions(most, spares, bytes, oldest, keeping, room);
    }

    /**
     * With another age.
     *
     * @param age more than 0
     * @return the options
     */
    public PoolOptions withOldest(Duration age) {
        return new PoolOptions(most, spares, mostBytes, age, keeping, room);
    }

    /**
     * With files that emptying leaves, such as a build's cache.
     *
     * @param patterns patterns of {@code .gitignore}
     * @return the options
     */
    public PoolOptions withKeeping(String... patterns) {
        return new PoolOptions(most, spares, mostBytes, oldest, List.of(patterns), room);
    }

    /**
     * With another question whether one can be made ahead.
     *
     * @param question asked from the pool's thread
     * @return the options
     */
    public PoolOptions withRoom(BooleanSupplier question) {
        return new PoolOptions(most, spares, mostBytes, oldest, keeping, question);
    }
}
