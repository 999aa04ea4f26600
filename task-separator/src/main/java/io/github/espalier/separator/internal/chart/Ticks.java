package io.github.espalier.separator.internal.chart;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** Round times for an axis. */
final class Ticks {
    private static final int MOST = 10;
    private static final List<Duration> STEPS = List.of(
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1));

    private Ticks() {}

    /** Some ten of them, in milliseconds, zero among them if it lies between. */
    static List<Long> between(long from, long to) {
        long step = STEPS.stream()
                .map(Duration::toMillis)
                .filter(millis -> (to - from) / millis <= MOST)
                .findFirst()
                .orElseGet(() -> {
                    long day = Duration.ofDays(1).toMillis();
                    return day * ((to - from) / day / MOST + 1);
                });
        return LongStream.rangeClosed(Math.floorDiv(from + step - 1, step), to / step)
                .mapToObj(number -> number * step)
                .toList();
    }
}
