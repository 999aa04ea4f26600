package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One thing that was measured.
 *
 * @param what the thing
 * @param value its median, in the unit
 * @param unit of the value
 * @param ratio to what it is compared with, the median over rounds; empty: it is compared with nothing
 * @param beside what it is compared with
 * @param limit the ratio, or without one the value, that is asked for; empty: it is only told
 * @param atLeast whether less than the limit misses it, instead of more
 */
record SpeedLine(
        String what,
        double value,
        String unit,
        OptionalDouble ratio,
        String beside,
        OptionalDouble limit,
        boolean atLeast) {
    static SpeedLine of(String what, double value, String unit) {
        return new SpeedLine(what, value, unit, OptionalDouble.empty(), "", OptionalDouble.empty(), false);
    }

    /** Times beside others of the same rounds. */
    static SpeedLine of(String what, List<Duration> times, String beside, List<Duration> yardstick) {
        return of(what, 1000 * Figures.medianSeconds(times), "ms").beside(beside, Figures.ratio(times, yardstick));
    }

    SpeedLine named(String before) {
        return new SpeedLine(before + what, value, unit, ratio, beside, limit, atLeast);
    }

    SpeedLine beside(String other, double times) {
        return new SpeedLine(what, value, unit, OptionalDouble.of(times), other, limit, atLeast);
    }

    SpeedLine atMost(double most) {
        return new SpeedLine(what, value, unit, ratio, beside, OptionalDouble.of(most), false);
    }

    SpeedLine atLeast(double least) {
        return new SpeedLine(what, value, unit, ratio, beside, OptionalDouble.of(least), true);
    }

    boolean good() {
        double measured = ratio.orElse(value);
        return limit.isEmpty() || (atLeast ? measured >= limit.getAsDouble() : measured <= limit.getAsDouble());
    }

    /** The line that a person reads. */
    String row() {
        String compared =
                ratio.isPresent() ? String.format(Locale.ROOT, "%8.3f of %s", ratio.getAsDouble(), beside) : "";
        String asked = limit.isPresent()
                ? (atLeast ? "at least " : "at most ") + limit.getAsDouble() + (good() ? "" : ", MISSED")
                : "";
        return String.format(Locale.ROOT, "%-46s %10.2f %-4s %-34s %s", what, value, unit, compared, asked)
                .stripTrailing();
    }

    /** The same for programs. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("what", what)
                .put("value", Figures.rounded(value))
                .put("unit", unit);
        ratio.ifPresent(times -> json.put("beside", beside).put("ratio", Figures.rounded(times)));
        limit.ifPresent(asked -> json.put(atLeast ? "atLeast" : "atMost", asked).put("good", good()));
        return json;
    }
}
