package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.RunListener;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** An event, from the run's lane to the last of its listeners. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EventsBenchmark {
    private static final int EVENTS = 1_000;
    private static final RunEvent EVENT = new RunEvent.WorkCommitted(Instant.EPOCH, "us-107", "0".repeat(40));

    /** How many listeners. */
    @Param({"1", "8"})
    public int listeners;

    private final LongAdder heard = new LongAdder();
    private @Nullable ExecutorService threads;
    private @Nullable Events events;

    /** Makes the lane. */
    @Setup
    public void begin() {
        RunListener listener = event -> heard.increment();
        threads = Executors.newCachedThreadPool();
        events = new Events(Collections.nCopies(listeners, listener), threads);
    }

    /** Ends the threads. */
    @TearDown
    public void end() {
        Objects.requireNonNull(threads).shutdownNow();
    }

    /** A thousand are published and delivered. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long deliver() throws InterruptedException {
        Events lane = Objects.requireNonNull(events);
        for (int i = 0; i < EVENTS; i++) {
            lane.publish(EVENT);
        }
        CountDownLatch delivered = new CountDownLatch(1);
        lane.afterDelivery(delivered::countDown);
        delivered.await();
        return heard.sum();
    }
}
