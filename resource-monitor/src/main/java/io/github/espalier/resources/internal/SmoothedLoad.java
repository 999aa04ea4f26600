package io.github.espalier.resources.internal;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * The mean of processor load, weighted exponentially by age with a time constant of ten seconds. Each reading weighs by the
 * time it covers, from the first one on: that one covers a third of a second in which the host itself was starting, and must
 * not stand for the ten seconds before it.
 */
final class SmoothedLoad {
    static final Duration TIME_CONSTANT = Duration.ofSeconds(10);

    private double weight;
    private double mean;

    /** How much of a weight is left after a time: 1 at once, 0.37 after the time constant. */
    static double faded(long nanos) {
        return Math.exp(-(double) nanos / TIME_CONSTANT.toNanos());
    }

    /**
     * Takes a reading.
     *
     * @param percent load
     * @param nanos the time it covers, over 0
     * @return which share of the mean is older than this reading
     */
    double take(double percent, long nanos) {
        double older = weight * faded(nanos);
        weight = older + 1 - faded(nanos);
        double share = older / weight;
        mean = share * mean + (1 - share) * percent;
        return share;
    }

    /** Percent; empty: nothing was read yet. */
    OptionalDouble mean() {
        return weight > 0 ? OptionalDouble.of(mean) : OptionalDouble.empty();
    }
}
