package io.github.espalier.resources.internal;

import java.util.OptionalDouble;

/**
 * A limit with a memory: a reading that has broken it must come back some way before it passes again, so that a reading which
 * wavers about the limit does not start something at each dip.
 */
final class Threshold {
    /** Percent points under a ceiling at which it passes again; a quarter of the limit where that is less. */
    private static final double POINTS = 5;

    /** Of a floor: a tenth more must be there. */
    private static final double TENTH = 0.1;

    private final boolean ceiling;
    private final double limit;
    private final double resume;
    private boolean broken;

    private Threshold(boolean ceiling, double limit, double resume) {
        this.ceiling = ceiling;
        this.limit = limit;
        this.resume = resume;
    }

    /** For percentages: what reaches the limit breaks it. */
    static Threshold ceiling(double percent) {
        return new Threshold(true, percent, percent - Math.min(POINTS, percent / 4));
    }

    /** For what must be left: what is less breaks it. */
    static Threshold floor(double least) {
        return new Threshold(false, least, least * (1 + TENTH));
    }

    private boolean passes(double reading, double bound) {
        return ceiling ? reading < bound : reading >= bound;
    }

    void take(double reading) {
        broken = !passes(reading, broken ? resume : limit);
    }

    /** The bound that a reading fails: the limit, or after it was broken the one to come back to; empty: it passes. */
    OptionalDouble failed(double reading) {
        if (!passes(reading, limit)) {
            return OptionalDouble.of(limit);
        }
        return broken && !passes(reading, resume) ? OptionalDouble.of(resume) : OptionalDouble.empty();
    }

    double limit() {
        return limit;
    }
}
