package io.github.espalier.resources.internal;

import io.github.espalier.resources.Admission;
import io.github.espalier.resources.Limit;
import io.github.espalier.resources.ResourceLimits;
import io.github.espalier.resources.ResourceStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides from samples and reservations. Times are of a monotonic clock, in nanoseconds. Not thread-safe.
 *
 * <p>Processor load is smoothed exponentially with a time constant of ten seconds. A reservation counts as one busy core and
 * fades with the same constant, so that load and reservation together stay the same while the one replaces the other.
 */
final class Gate {
    static final Duration SMOOTHING = Duration.ofSeconds(10);
    static final Duration STALE = Duration.ofSeconds(5);

    /** Once a limit refuses, the reading must be so far under it before it admits again, in percent points. */
    static final double RESUME_UNDER = 5;

    /** For the disk: so much more than the limit must be free. */
    static final double RESUME_DISK = 1.1;

    /**
     * A tenth of the time at a standstill is where user-space killers such as systemd-oomd and earlyoom begin to look for a
     * victim. Only memory: processor and disk pressure are high on any machine that builds.
     */
    static final double PRESSURE_PERCENT = 10;

    private final ResourceLimits limits;
    private final Map<Object, Long> reservations = new HashMap<>();
    private final Set<Limit> refusing = new HashSet<>();
    private @Nullable Sample last;
    private long sampledAt;
    private OptionalDouble cpu = OptionalDouble.empty();

    Gate(ResourceLimits limits) {
        this.limits = limits;
    }

    void take(Sample sample, long now) {
        if (sample.cpuPercent().isPresent()) {
            double reading = sample.cpuPercent().getAsDouble();
            double weight = 1 - faded(now - sampledAt);
            cpu = OptionalDouble.of(
                    cpu.isPresent() ? cpu.getAsDouble() + weight * (reading - cpu.getAsDouble()) : reading);
        }
        last = sample;
        sampledAt = now;
        judge(Limit.CPU, cpu, limits.cpuPercent(), RESUME_UNDER);
        judge(Limit.MEMORY, sample.memoryPercent(), limits.memoryPercent(), RESUME_UNDER);
        judge(Limit.PRESSURE, sample.memoryPressurePercent(), PRESSURE_PERCENT, RESUME_UNDER);
        sample.freeDiskBytes().ifPresent(free -> {
            if (free < limits.freeDiskBytes()) {
                refusing.add(Limit.DISK);
            } else if (free >= limits.freeDiskBytes() * RESUME_DISK) {
                refusing.remove(Limit.DISK);
            }
        });
    }

    private void judge(Limit limit, OptionalDouble reading, double threshold, double margin) {
        reading.ifPresent(value -> {
            if (value >= threshold) {
                refusing.add(limit);
            } else if (value < threshold - margin) {
                refusing.remove(limit);
            }
        });
    }

    /** Empty: there is room; then {@link #reserve} takes it. */
    Optional<Admission.Refused> refusal(long now) {
        Sample sample = last;
        if (sample == null) {
            return refused(Limit.STALE, Double.NaN, (double) STALE.toSeconds(), "no reading of the machine yet");
        }
        double age = (now - sampledAt) / 1e9;
        if (age > (double) STALE.toSeconds()) {
            return refused(
                    Limit.STALE,
                    age,
                    (double) STALE.toSeconds(),
                    String.format(Locale.ROOT, "the last reading is %.0f s old", age));
        }
        return disk(sample)
                .or(() -> percent(Limit.MEMORY, "memory in use", sample.memoryPercent(), limits.memoryPercent()))
                .or(() -> pressure(sample))
                .or(() -> processors(sample, now));
    }

    private Optional<Admission.Refused> disk(Sample sample) {
        if (sample.freeDiskBytes().isEmpty()) {
            return refused(Limit.DISK, Double.NaN, (double) limits.freeDiskBytes(), "free disk space cannot be read");
        }
        long free = sample.freeDiskBytes().getAsLong();
        return refusing.contains(Limit.DISK)
                ? refused(
                        Limit.DISK,
                        (double) free,
                        (double) limits.freeDiskBytes(),
                        "free disk space is " + mebibytes(free) + ", the limit " + mebibytes(limits.freeDiskBytes()))
                : Optional.empty();
    }

    /** A machine that does not measure pressure has no veto by it. */
    private Optional<Admission.Refused> pressure(Sample sample) {
        return sample.memoryPressurePercent().isEmpty()
                ? Optional.empty()
                : percent(Limit.PRESSURE, "memory pressure", sample.memoryPressurePercent(), PRESSURE_PERCENT);
    }

    private Optional<Admission.Refused> processors(Sample sample, long now) {
        if (reservations.isEmpty()) {
            return Optional.empty();
        }
        double perCore = 100 / Math.max(sample.cores(), 0.1);
        double reserved = reservations.values().stream()
                .mapToDouble(since -> perCore * faded(now - since))
                .sum();
        if (cpu.isEmpty()) {
            return percent(Limit.CPU, "processor load", cpu, limits.cpuPercent());
        }
        double expected = cpu.getAsDouble() + reserved;
        if (!refusing.contains(Limit.CPU) && expected < limits.cpuPercent()) {
            return Optional.empty();
        }
        return refused(
                Limit.CPU,
                expected,
                limits.cpuPercent(),
                String.format(
                        Locale.ROOT,
                        "processor load is %.0f %% and %.0f %% more was just started, the limit %.0f %%",
                        cpu.getAsDouble(),
                        reserved,
                        limits.cpuPercent()));
    }

    private Optional<Admission.Refused> percent(Limit limit, String what, OptionalDouble reading, double threshold) {
        if (reading.isEmpty()) {
            return refused(limit, Double.NaN, threshold, what + " cannot be read");
        }
        return refusing.contains(limit)
                ? refused(
                        limit,
                        reading.getAsDouble(),
                        threshold,
                        String.format(
                                Locale.ROOT,
                                "%s is %.0f %%, the limit %.0f %%",
                                what,
                                reading.getAsDouble(),
                                threshold))
                : Optional.empty();
    }

    private static Optional<Admission.Refused> refused(Limit limit, double reading, double threshold, String reason) {
        return Optional.of(new Admission.Refused(limit, reading, threshold, reason));
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    /** How much of it is left after a time: 1 at once, 0.37 after the time constant. */
    private static double faded(long nanos) {
        return Math.exp(-(double) nanos / SMOOTHING.toNanos());
    }

    void reserve(Object key, long now) {
        reservations.put(key, now);
    }

    void release(Object key) {
        reservations.remove(key);
    }

    ResourceStatus status(long now) {
        Sample sample = last;
        return new ResourceStatus(
                cpu,
                sample == null ? OptionalDouble.empty() : sample.memoryPercent(),
                sample == null ? OptionalLong.empty() : sample.memoryAvailableBytes(),
                sample == null ? OptionalLong.empty() : sample.freeDiskBytes(),
                sample == null ? OptionalDouble.empty() : sample.memoryPressurePercent(),
                reservations.size(),
                sample == null ? Optional.empty() : Optional.of(Duration.ofNanos(now - sampledAt)));
    }
}
