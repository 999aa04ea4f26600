package io.github.espalier.coordinator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One named command of a verification.
 *
 * @param name tells it from the others; letters, digits, {@code .}, {@code _} and {@code -}
 * @param argv the program and its arguments; no shell reads them
 * @param environment variables over those of the host
 * @param timeLimit after which an attempt is stopped and has failed
 * @param retries how often a failed attempt is repeated; a check that passes then has passed, and is reported as flaky
 */
public record Check(String name, List<String> argv, Map<String, String> environment, Duration timeLimit, int retries) {
    /** How long an attempt may take unless told otherwise. */
    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofMinutes(30);

    /**
     * Checks and copies.
     *
     * @param name as for the record
     * @param argv as for the record
     * @param environment as for the record
     * @param timeLimit as for the record
     * @param retries as for the record
     * @throws IllegalArgumentException if the name has another form, no program is named, the time limit is not more than
     *     zero, or the number of retries is negative
     */
    public Check {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(
                    "check \"" + name + "\": a name is up to 64 letters, digits, \".\", \"_\" and \"-\"");
        }
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("check " + name + ": names no program; give one and its arguments");
        }
        if (timeLimit.isZero() || timeLimit.isNegative()) {
            throw new IllegalArgumentException(
                    "check " + name + ": timeLimit " + timeLimit + " must be more than zero");
        }
        if (retries < 0) {
            throw new IllegalArgumentException("check " + name + ": retries " + retries + " must not be negative");
        }
    }

    /**
     * A check by a command, with half an hour for it and no retry.
     *
     * @param name tells it from the others
     * @param argv the program and its arguments
     * @return the check
     */
    public static Check command(String name, String... argv) {
        return new Check(name, List.of(argv), Map.of(), DEFAULT_TIME_LIMIT, 0);
    }

    /**
     * The same with another time limit.
     *
     * @param limit more than zero
     * @return the check
     */
    public Check timeLimit(Duration limit) {
        return new Check(name, argv, environment, limit, retries);
    }

    /**
     * The same with retries.
     *
     * @param count zero or more
     * @return the check
     */
    public Check retries(int count) {
        return new Check(name, argv, environment, timeLimit, count);
    }

    /**
     * The same with one more variable.
     *
     * @param variable its name
     * @param value its value
     * @return the check
     */
    public Check environment(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new Check(name, argv, more, timeLimit, retries);
    }
}
