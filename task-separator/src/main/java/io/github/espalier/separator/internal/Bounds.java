package io.github.espalier.separator.internal;

import io.github.espalier.separator.Plan;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * What no schedule can be shorter than. While a task is active that conflicts with all others, nothing else is: such tasks
 * add up, and what is said of the rest holds of the time beside them.
 */
final class Bounds {
    private Bounds() {}

    /**
     * The bound.
     *
     * @param left by task, how long it still takes
     */
    static Plan.Bound of(Batch batch, long[] left, int places) {
        long[] rest = left.clone();
        long alone = 0;
        for (int task = 0; task < rest.length; task++) {
            if (batch.conflicts.isAlone(task)) {
                alone += rest[task];
                rest[task] = 0;
            }
        }
        long path = Math.max(longest(Urgency.tails(batch, left)), alone + longest(Urgency.tails(batch, rest)));
        long work = alone + (Arrays.stream(rest).sum() + places - 1) / places;
        long[] loads = Urgency.loads(batch.conflicts, rest);
        long heaviest = longest(loads);
        Optional<String> claim =
                heaviest == 0 ? Optional.empty() : Optional.of(batch.conflicts.claimName(indexOf(loads, heaviest)));
        return new Plan.Bound(
                Duration.ofMillis(path), Duration.ofMillis(work), Duration.ofMillis(alone + heaviest), claim);
    }

    private static long longest(long[] times) {
        return Arrays.stream(times).max().orElse(0);
    }

    private static int indexOf(long[] values, long wanted) {
        int at = 0;
        while (values[at] != wanted) {
            at++;
        }
        return at;
    }
}
