package io.github.espalier.separator;

import io.github.espalier.separator.internal.Times;
import java.time.Duration;
import java.util.List;

/**
 * How long an agent is expected to take for a task, and how that is known.
 *
 * @param time more than zero
 * @param source where the figure comes from
 * @param like the earlier tasks that it was learned from, those that are most alike in front; empty for other sources
 */
public record Effort(Duration time, Source source, List<String> like) {
    /** What is taken for a task of which nothing is known: any figure serves as long as it is the same for all of them. */
    public static final Duration DEFAULT = Duration.ofMinutes(30);

    /** Where a figure comes from. */
    public enum Source {
        /** The task says so. */
        DECLARED,
        /** Tasks like it took so long. */
        LEARNED,
        /** Nothing is known. */
        DEFAULT
    }

    /**
     * Checks the time.
     *
     * @param time as for the record
     * @param source as for the record
     * @param like as for the record
     * @throws SeparationException if the time is zero or less
     */
    public Effort {
        if (time.isNegative() || time.isZero()) {
            throw new SeparationException("effort " + time + " must be more than zero");
        }
        like = List.copyOf(like);
    }

    /**
     * The effort in a few words.
     *
     * @return for example {@code 45m, as tasks like us-107, us-108 took}
     */
    public String describe() {
        String shown = Times.of(time);
        return switch (source) {
            case DECLARED -> shown + ", declared";
            case LEARNED ->
                shown
                        + (like.isEmpty()
                                ? ", as earlier tasks took"
                                : ", as tasks like " + String.join(", ", like) + " took");
            case DEFAULT -> shown + ", by default";
        };
    }
}
