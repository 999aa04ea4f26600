package io.github.espalier.resources.internal;

import io.github.espalier.resources.Admission.Refused;
import io.github.espalier.resources.Limit;
import io.github.espalier.resources.ResourceLimits;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Decides from samples and reservations. Times are of a monotonic clock, in nanoseconds. Not thread-safe. */
final class Gate {
    /** A few periods of the sampler: a machine that is this slow to answer has no room. */
    static final Duration STALE = Duration.ofSeconds(5);

    /**
     * Well over the noise (nearly always 0), and well under the 60 % at which systemd-oomd by default kills something
     * (DefaultMemoryPressureLimit= in oomd.conf(5)).
     */
    static final double PRESSURE_PERCENT = 10;

    private final Threshold cpu;
    private final Threshold memory;
    private final Threshold pressure = Threshold.ceiling(PRESSURE_PERCENT);
    private final Threshold disk;
    private final SmoothedLoad load = new SmoothedLoad();
    private final Reservations reservations = new Reservations();
    private @Nullable Sample last;
    private long sampledAt;
    private long loadKnownTo;

    Gate(ResourceLimits limits, long now) {
        cpu = Threshold.ceiling(limits.cpuPercent());
        memory = Threshold.ceiling(limits.memoryPercent());
        disk = Threshold.floor((double) limits.freeDiskBytes());
        loadKnownTo = now;
    }

    void take(Sample sample, long now) {
        if (sample.cpuPercent().isPresent()) {
            long from = Math.min(loadKnownTo, now - 1);
            double older = load.take(sample.cpuPercent().getAsDouble(), now - from);
            reservations.seen(older, from, now);
        }
        if (sample.cpuPercent().isPresent() || last == null) {
            loadKnownTo = now; // the first sample has no load: it begins the time that the next one covers
        }
        last = sample;
        sampledAt = now;
        load.mean().ifPresent(cpu::take);
        sample.memoryPercent().ifPresent(memory::take);
        sample.memoryPressurePercent().ifPresent(pressure::take);
        sample.freeDiskBytes().ifPresent(free -> disk.take((double) free));
    }

    /** Empty: there is room; then {@link Reservations#add} takes it. */
    Optional<Refused> refusal(long now) {
        Sample sample = last;
        double limit = (double) STALE.toSeconds();
        if (sample == null) {
            return refused(Limit.STALE, Double.NaN, limit, "the machine was not read yet");
        }
        double age = (now - sampledAt) / 1e9;
        if (age > limit) {
            return refused(Limit.STALE, age, limit, "the last reading of the machine is " + seconds(age) + " old");
        }
        return disk(sample).or(() -> memory(sample)).or(() -> pressure(sample)).or(() -> processors(sample, now));
    }

    private Optional<Refused> disk(Sample sample) {
        if (sample.freeDiskBytes().isEmpty()) {
            return disk.limit() > 0 ? unknown(Limit.DISK, "free disk space", disk) : Optional.empty();
        }
        double free = (double) sample.freeDiskBytes().getAsLong();
        return over(Limit.DISK, free, disk, "free disk space is " + mebibytes(free), Gate::mebibytes);
    }

    private Optional<Refused> memory(Sample sample) {
        if (sample.memoryPercent().isEmpty()) {
            return unknown(Limit.MEMORY, "memory in use", memory);
        }
        double used = sample.memoryPercent().getAsDouble();
        return over(Limit.MEMORY, used, memory, "memory in use is " + percent(used), Gate::percent);
    }

    /** A machine that does not measure pressure has no veto by it. */
    private Optional<Refused> pressure(Sample sample) {
        if (sample.memoryPressurePercent().isEmpty()) {
            return Optional.empty();
        }
        double stalled = sample.memoryPressurePercent().getAsDouble();
        return over(
                Limit.PRESSURE,
                stalled,
                pressure,
                "everything waits for memory in " + percent(stalled) + " of the time",
                Gate::percent);
    }

    private Optional<Refused> processors(Sample sample, long now) {
        if (reservations.count() == 0) {
            return Optional.empty(); // else nothing would ever start on a machine that others keep busy
        }
        OptionalDouble mean = load.mean();
        if (mean.isEmpty()) {
            return refused(Limit.STALE, Double.NaN, (double) STALE.toSeconds(), "processor load was not read yet");
        }
        double perCore = 100 / Math.max(sample.cores(), 0.01);
        double expected =
                Math.max(mean.getAsDouble() + perCore * reservations.unseen(), perCore * reservations.recent(now));
        String what = "processor load is " + percent(mean.getAsDouble()) + ", with what was just started "
                + percent(expected);
        return over(Limit.CPU, expected, cpu, what, Gate::percent);
    }

    private static Optional<Refused> unknown(Limit limit, String what, Threshold threshold) {
        return refused(limit, Double.NaN, threshold.limit(), what + " is not known");
    }

    private static Optional<Refused> over(
            Limit limit, double reading, Threshold threshold, String what, DoubleFunction<String> show) {
        OptionalDouble failed = threshold.failed(reading);
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        double bound = failed.getAsDouble();
        String allowed = ", the limit " + show.apply(threshold.limit());
        String again = bound == threshold.limit() ? "" : ", and after it was reached " + show.apply(bound);
        return refused(limit, reading, bound, what + allowed + again);
    }

    private static Optional<Refused> refused(Limit limit, double reading, double threshold, String reason) {
        return Optional.of(new Refused(limit, reading, threshold, reason));
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.0f %%", value);
    }

    private static String mebibytes(double bytes) {
        return String.format(Locale.ROOT, "%.0f MiB", Math.floor(bytes / (1 << 20)));
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.0f s", value);
    }

    Reservations reservations() {
        return reservations;
    }

    /** The last sample; empty: none yet. */
    Optional<Sample> last() {
        return Optional.ofNullable(last);
    }

    Duration age(long now) {
        return Duration.ofNanos(now - sampledAt);
    }

    OptionalDouble load() {
        return load.mean();
    }
}
