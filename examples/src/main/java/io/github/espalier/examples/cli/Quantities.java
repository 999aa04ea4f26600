package io.github.espalier.examples.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, sizes and percentages as they are written on a command line. */
final class Quantities {
    private static final Pattern DURATION = Pattern.compile(
            "(?:(?<d>\\d{1,9})d)?(?:(?<h>\\d{1,9})h)?(?:(?<m>\\d{1,9})m(?!s))?(?:(?<s>\\d{1,9})s)?(?:(?<ms>\\d{1,12})ms)?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s*(?:([kmgt])(i?)b?|b)?");
    private static final String PREFIXES = "kmgt";

    private Quantities() {}

    /**
     * A duration: {@code 90s}, {@code 30m}, {@code 1h30m}, {@code 2d}, {@code 500ms}, or ISO 8601 as in {@code PT1H30M}.
     *
     * @throws MisuseException if it is none, or not more than zero
     */
    static Duration duration(String text) {
        String small = text.strip().toLowerCase(Locale.ROOT);
        Duration duration = small.startsWith("p") ? iso(text, small) : parts(text, small);
        if (duration.isZero() || duration.isNegative()) {
            throw noDuration(text);
        }
        return duration;
    }

    private static Duration iso(String text, String small) {
        try {
            return Duration.parse(small);
        } catch (DateTimeException | ArithmeticException e) {
            throw noDuration(text);
        }
    }

    private static Duration parts(String text, String small) {
        Matcher matcher = DURATION.matcher(small);
        if (!matcher.matches()) {
            throw noDuration(text);
        }
        return Duration.ofDays(part(matcher, "d"))
                .plusHours(part(matcher, "h"))
                .plusMinutes(part(matcher, "m"))
                .plusSeconds(part(matcher, "s"))
                .plusMillis(part(matcher, "ms"));
    }

    private static long part(Matcher matcher, String name) {
        String digits = matcher.group(name);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static MisuseException noDuration(String text) {
        return new MisuseException("'" + text + "' is no duration over zero; write it as 90s, 30m, 1h30m or PT1H30M");
    }

    /**
     * A size in bytes: {@code 1GiB}, {@code 1.5G}, {@code 500MB}, {@code 4096}. {@code KiB} and {@code K} are 1,024 bytes,
     * {@code kB} is 1,000.
     *
     * @throws MisuseException if it is none
     */
    static long size(String text) {
        String small = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = SIZE.matcher(small);
        if (!matcher.matches()) {
            throw noSize(text);
        }
        String prefix = matcher.group(2);
        boolean decimal = prefix != null && matcher.group(3).isEmpty() && small.endsWith("b");
        int power = prefix == null ? 0 : PREFIXES.indexOf(prefix) + 1;
        try {
            return new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(decimal ? 1000 : 1024).pow(power))
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw noSize(text);
        }
    }

    private static MisuseException noSize(String text) {
        return new MisuseException("'" + text + "' is no size; write it as 1GiB, 500MiB or a number of bytes");
    }

    /**
     * A percentage: {@code 80} or {@code 80%}.
     *
     * @throws MisuseException if it is none, or not over 0 and at most 100
     */
    static double percent(String text) {
        String number = text.strip().replaceFirst("\\s*%$", "");
        double value = number.matches("\\d{1,3}(\\.\\d{1,6})?") ? Double.parseDouble(number) : Double.NaN;
        if (!(value > 0 && value <= 100)) {
            throw new MisuseException("'" + text + "' is no percentage over 0 and at most 100; write it as 80");
        }
        return value;
    }

    /**
     * A number of things.
     *
     * @throws MisuseException if it is none
     */
    static int atLeastOne(String option, int count) {
        if (count < 1) {
            throw new MisuseException(option + " " + count + " is too few; give at least 1");
        }
        return count;
    }
}
