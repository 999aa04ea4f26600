package io.github.espalier.resources.internal;

import io.github.espalier.resources.Admission;
import io.github.espalier.resources.Registration;
import io.github.espalier.resources.ResourceException;
import io.github.espalier.resources.ResourceLimits;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.resources.ResourceStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A monitor fed by samples. The lock is held for arithmetic only; samples are taken and listeners told outside of it. */
public final class SampledMonitor implements ResourceMonitor {
    private static final Logger log = LoggerFactory.getLogger(ResourceMonitor.class);

    /** Who was refused longer ago than this has not asked again. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private final Supplier<Sampler> source;
    private final LongSupplier ticker;
    private final Clock clock;
    private final SamplerThread thread = new SamplerThread();
    private final Listeners listeners = new Listeners();
    private final Gate gate;
    private @Nullable Sampler sampler;
    private @Nullable Instant sampledAt;
    private boolean failing;
    private boolean refused;
    private OptionalLong refusedAt = OptionalLong.empty();
    private boolean closed;

    /**
     * @param source makes the sampler, on the monitor's thread
     * @param ticker monotonic time in nanoseconds
     * @param clock for the time of day that a status shows
     */
    SampledMonitor(ResourceLimits limits, Supplier<Sampler> source, LongSupplier ticker, Clock clock) {
        this.source = source;
        this.ticker = ticker;
        this.clock = clock;
        gate = new Gate(limits, ticker.getAsLong());
    }

    /**
     * Starts sampling.
     *
     * @param source makes the sampler, on the monitor's thread, because that may take half a second
     */
    public static SampledMonitor start(ResourceLimits limits, Supplier<Sampler> source) {
        SampledMonitor monitor = new SampledMonitor(limits, source, System::nanoTime, Clock.systemUTC());
        monitor.thread.repeat(monitor::sample, monitor::isWaitedFor);
        return monitor;
    }

    /** Takes one sample. A machine that cannot be read makes the last sample old, and an old sample refuses. */
    void sample() {
        try {
            Sampler current = sampler;
            if (current == null) {
                current = source.get();
                sampler = current;
            }
            take(current.sample());
            if (failing) {
                log.atInfo().log("The machine can be read again");
            }
            failing = false;
        } catch (RuntimeException | Error e) { // native code that does not load is an Error
            if (!failing) {
                log.atWarn().setCause(e).log("The machine cannot be read; soon nothing more is admitted");
            }
            failing = true;
        }
    }

    /** Whoever is refused asks again when it is told of the next sample. */
    private synchronized boolean isWaitedFor() {
        return refusedAt.isPresent() && ticker.getAsLong() - refusedAt.getAsLong() < LONGEST_WAIT.toNanos();
    }

    private void take(Sample sample) {
        synchronized (this) {
            gate.take(sample, ticker.getAsLong());
            sampledAt = clock.instant();
        }
        tell();
    }

    private void tell() {
        synchronized (this) {
            if (closed || !refused) {
                return;
            }
            refused = false;
        }
        listeners.tell();
    }

    @Override
    public synchronized Admission admit() {
        if (closed) {
            throw new ResourceException("the resource monitor is closed; ask it before, or make a new one");
        }
        long now = ticker.getAsLong();
        Optional<Admission.Refused> refusal = gate.refusal(now);
        if (refusal.isPresent()) {
            refused = true;
            refusedAt = OptionalLong.of(now);
            return refusal.get();
        }
        Object key = new Object();
        gate.reservations().add(key, now);
        return new Admission.Granted(() -> release(key));
    }

    private void release(Object key) {
        synchronized (this) {
            if (!gate.reservations().remove(key) || closed || !refused) {
                return;
            }
        }
        thread.soon(this::tell);
    }

    @Override
    public synchronized ResourceStatus status() {
        Optional<Sample> last = gate.last();
        Optional<Duration> age = last.map(sample -> gate.age(ticker.getAsLong()));
        return new ResourceStatus(
                gate.load(),
                last.map(Sample::cpuPercent).orElse(OptionalDouble.empty()),
                last.map(Sample::memoryPercent).orElse(OptionalDouble.empty()),
                last.map(Sample::memoryAvailableBytes).orElse(OptionalLong.empty()),
                last.map(Sample::freeDiskBytes).orElse(OptionalLong.empty()),
                last.map(Sample::memoryPressurePercent).orElse(OptionalDouble.empty()),
                gate.reservations().count(),
                Optional.ofNullable(sampledAt),
                age);
    }

    @Override
    public Registration onChange(Runnable listener) {
        return listeners.add(listener);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        thread.close();
    }
}
