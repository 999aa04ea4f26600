package io.github.espalier.examples.view;

import io.github.espalier.coordinator.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Processor load of agents, from one reading of their processor time to the next. 100 is one core. */
final class CpuRates {
    private static final Duration SHORTEST = Duration.ofMillis(900);

    private final Map<String, Reading> last = new HashMap<>();

    private record Reading(Instant at, Duration cpu, Optional<Double> percent) {}

    Optional<Double> percent(TaskStatus status, Instant now) {
        if (status.usage().isEmpty()) {
            last.remove(status.id());
            return Optional.empty();
        }
        Duration cpu = status.usage().get().cpuTime();
        Reading before = last.get(status.id());
        if (before != null && Duration.between(before.at, now).compareTo(SHORTEST) < 0) {
            return before.percent;
        }
        Optional<Double> percent = before == null ? Optional.empty() : Optional.of(percent(before, cpu, now));
        last.put(status.id(), new Reading(now, cpu, percent));
        return percent;
    }

    /** Processes that have ended take their time with them, so the sum may fall. */
    private static double percent(Reading before, Duration cpu, Instant now) {
        double spent = cpu.minus(before.cpu).toNanos();
        return Math.max(0, 100 * spent / Duration.between(before.at, now).toNanos());
    }
}
