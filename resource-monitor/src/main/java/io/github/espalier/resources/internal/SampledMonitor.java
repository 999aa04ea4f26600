package io.github.espalier.resources.internal;

import io.github.espalier.resources.Admission;
import io.github.espalier.resources.Registration;
import io.github.espalier.resources.ResourceException;
import io.github.espalier.resources.ResourceLimits;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.resources.ResourceStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A monitor fed by samples. The lock is held for arithmetic only; samples are taken outside of it. */
public final class SampledMonitor implements ResourceMonitor {
    private static final Logger log = LoggerFactory.getLogger(ResourceMonitor.class);

    /** The second sample comes soon after the first: only two of them tell the load. */
    private static final long SECOND_SAMPLE_MILLIS = 200;

    private static final long PERIOD_MILLIS = 1000;

    private final Gate gate;
    private final Supplier<Sampler> source;
    private final LongSupplier ticker;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor thread;
    private @Nullable Sampler sampler;
    private boolean failing;
    private boolean refusedSince;
    private boolean closed;

    SampledMonitor(ResourceLimits limits, Supplier<Sampler> source, LongSupplier ticker) {
        gate = new Gate(limits);
        this.source = source;
        this.ticker = ticker;
        thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread daemon = new Thread(work, "espalier-resources");
            daemon.setDaemon(true);
            return daemon;
        });
    }

    /**
     * Starts sampling.
     *
     * @param source makes the sampler, on the monitor's thread, because that may take half a second
     */
    public static SampledMonitor start(ResourceLimits limits, Supplier<Sampler> source) {
        SampledMonitor monitor = new SampledMonitor(limits, source, System::nanoTime);
        monitor.thread.execute(monitor::sample);
        monitor.thread.scheduleWithFixedDelay(
                monitor::sample, SECOND_SAMPLE_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
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
            Sample sample = current.sample();
            failing = false;
            take(sample);
        } catch (RuntimeException | LinkageError e) { // native code that does not load is an Error
            if (!failing) {
                log.atWarn().setCause(e).log("The machine cannot be read; nothing more is admitted");
            }
            failing = true;
        }
    }

    private void take(Sample sample) {
        boolean tell;
        synchronized (this) {
            gate.take(sample, ticker.getAsLong());
            tell = refusedSince;
            refusedSince = false;
        }
        if (tell) {
            listeners.forEach(SampledMonitor::tell);
        }
    }

    // A listener is foreign code: whatever it throws must not end the sampling.
    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error e) {
            log.atWarn().setCause(e).log("A listener failed");
        }
    }

    @Override
    public synchronized Admission admit() {
        if (closed) {
            throw new ResourceException("the monitor was closed; ask before closing it, or make a new one");
        }
        long now = ticker.getAsLong();
        Optional<Admission.Refused> refusal = gate.refusal(now);
        if (refusal.isPresent()) {
            refusedSince = true;
            return refusal.get();
        }
        Object key = new Object();
        gate.reserve(key, now);
        return new Admission.Granted(() -> release(key));
    }

    private synchronized void release(Object key) {
        gate.release(key);
    }

    @Override
    public synchronized ResourceStatus status() {
        return gate.status(ticker.getAsLong());
    }

    @Override
    public Registration onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        thread.shutdownNow();
    }
}
