package io.github.espalier.separator.internal;

import java.time.Duration;
import java.util.Locale;

/** Durations for people. */
public final class Times {
    private Times() {}

    /** A duration in its two largest units, for example {@code 1h 05m}, {@code 12m}, {@code 30s}. */
    public static String of(Duration time) {
        if (time.isNegative()) {
            return "-" + of(time.negated());
        }
        Duration rounded = time.plusMillis(500);
        if (rounded.toDays() > 0) {
            return rounded.toDays() + "d " + String.format(Locale.ROOT, "%02dh", rounded.toHoursPart());
        } else if (rounded.toHours() > 0) {
            return rounded.toHours() + "h " + String.format(Locale.ROOT, "%02dm", rounded.toMinutesPart());
        } else if (rounded.toMinutes() > 0) {
            return rounded.toMinutes() + "m"
                    + (rounded.toSecondsPart() > 0
                            ? String.format(Locale.ROOT, " %02ds", rounded.toSecondsPart())
                            : "");
        }
        return time.toMillis() > 0 && time.toMillis() < 1000 ? time.toMillis() + "ms" : rounded.toSeconds() + "s";
    }
}
