package io.github.espalier.resources.internal;

import io.github.espalier.resources.Admission;
import io.github.espalier.resources.ResourceLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A machine whose readings and time the test turns by hand. Idle and roomy, with two cores, at first. */
final class TestMachine implements Sampler {
    static final Instant TODAY = Instant.parse("2026-01-02T03:04:05Z");

    OptionalDouble cpu = OptionalDouble.of(0);
    OptionalDouble memory = OptionalDouble.of(10);
    OptionalLong disk = OptionalLong.of(100L << 30);
    OptionalDouble pressure = OptionalDouble.empty();
    double cores = 2;
    boolean broken;
    long now = 1_000_000_000_000L;
    final SampledMonitor monitor;

    TestMachine() {
        this(ResourceLimits.defaults());
    }

    TestMachine(ResourceLimits limits) {
        monitor = new SampledMonitor(limits, () -> this, () -> now, Clock.fixed(TODAY, ZoneOffset.UTC));
    }

    @Override
    public Sample sample() {
        if (broken) {
            throw new IllegalStateException("broken on purpose");
        }
        return new Sample(cpu, memory, OptionalLong.of(1L << 33), disk, pressure, cores);
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    void sampleAfter(Duration time) {
        pass(time);
        monitor.sample();
    }

    /** Long enough at one load that the smoothed load is that load. */
    TestMachine settledAt(double cpuPercent) {
        cpu = OptionalDouble.of(cpuPercent);
        for (int i = 0; i < 200; i++) {
            sampleAfter(Duration.ofSeconds(1));
        }
        return this;
    }

    boolean admits() {
        return monitor.admit() instanceof Admission.Granted;
    }

    Admission.Granted granted() {
        return (Admission.Granted) monitor.admit();
    }

    Admission.Refused refused() {
        return (Admission.Refused) monitor.admit();
    }
}
