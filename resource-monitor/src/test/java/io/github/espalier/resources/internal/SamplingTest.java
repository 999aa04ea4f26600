package io.github.espalier.resources.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.espalier.resources.Admission;
import io.github.espalier.resources.Limit;
import io.github.espalier.resources.Registration;
import io.github.espalier.resources.Reservation;
import io.github.espalier.resources.ResourceLimits;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sampling goes on beside its users: it holds nobody up, survives what fails and ends with the monitor. */
@Timeout(60)
class SamplingTest {
    private final TestMachine machine = new TestMachine();

    @Test
    void answersWhileTheMachineIsSlowToBeRead() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        Sampler stuck = () -> {
            reading.countDown();
            awaitQuietly(slow);
            return machine.sample();
        };
        try (SampledMonitor monitor = SampledMonitor.start(ResourceLimits.defaults(), () -> stuck)) {
            reading.await();

            // Would hang here, up to the time limit, if asking touched the source or its lock.
            assertThat(((Admission.Refused) monitor.admit()).limit()).isEqualTo(Limit.STALE);
            assertThat(monitor.status().age()).isEmpty();

            slow.countDown();
            await().until(() -> monitor.admit() instanceof Admission.Granted);
        } finally {
            slow.countDown();
        }
    }

    @Test
    void makesItsSourceOnItsOwnDaemonThreadAndEndsIt() throws Exception {
        CompletableFuture<Thread> made = new CompletableFuture<>();
        SampledMonitor monitor = SampledMonitor.start(ResourceLimits.defaults(), () -> {
            made.complete(Thread.currentThread());
            return machine;
        });
        Thread thread = made.get();
        await().until(() -> monitor.status().age().isPresent());
        assertThat(thread).isNotSameAs(Thread.currentThread());
        assertThat(thread.isDaemon()).isTrue();

        monitor.close();

        await().until(() -> !thread.isAlive());
    }

    @Test
    void leavesNoThreadWhenClosedBetweenSamplesOrFromAListener() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        SampledMonitor monitor = SampledMonitor.start(ResourceLimits.defaults().withMemoryPercent(5), () -> machine);
        try (Registration registration = monitor.onChange(() -> {
            thread.set(Thread.currentThread());
            monitor.close();
        })) {
            assertThat(monitor.admit()).isInstanceOf(Admission.Refused.class);
            await().until(() -> thread.get() != null && !thread.get().isAlive());
            assertThat(registration).isNotNull();
        }
    }

    @Test
    void refusesWhenReadingKeepsFailingWarnsOnceAndRecovers() {
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        PrintStream stderr = System.err;
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            machine.monitor.sample();
            machine.granted().reservation().close();
            machine.broken = true;
            for (int i = 0; i < 6; i++) {
                machine.sampleAfter(Duration.ofSeconds(1));
            }
        } finally {
            System.setErr(stderr);
        }
        assertThat(machine.refused().limit()).isEqualTo(Limit.STALE);
        assertThat(logged.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("WARN")
                .containsOnlyOnce("IllegalStateException: broken on purpose");

        machine.broken = false;
        machine.sampleAfter(Duration.ofSeconds(1));
        assertThat(machine.admits()).isTrue();
    }

    @Test
    void triesAgainToMakeASourceThatCouldNotBeMade() {
        AtomicInteger tries = new AtomicInteger();
        try (SampledMonitor monitor = SampledMonitor.start(ResourceLimits.defaults(), () -> {
            if (tries.incrementAndGet() == 1) {
                throw new UnsatisfiedLinkError("no native library, on purpose");
            }
            return machine;
        })) {
            await().until(() -> monitor.admit() instanceof Admission.Granted);

            assertThat(tries).hasValue(2);
        }
    }

    @Test
    void tellsAfterARefusalOnly() {
        AtomicInteger told = new AtomicInteger();
        machine.monitor.sample();
        try (Registration registration = machine.monitor.onChange(told::incrementAndGet)) {
            machine.sampleAfter(Duration.ofSeconds(1));
            assertThat(told).hasValue(0);

            machine.pass(Duration.ofMinutes(1));
            assertThat(machine.refused().limit()).isEqualTo(Limit.STALE);
            machine.monitor.sample();
            assertThat(told).hasValue(1);

            machine.sampleAfter(Duration.ofSeconds(1));
            assertThat(told).hasValue(1);
            assertThat(registration).isNotNull();
        }
    }

    @Test
    void tellsAsSoonAsAReservationIsClosed() {
        Semaphore told = new Semaphore(0);
        machine.settledAt(0);
        Reservation first = machine.granted().reservation();
        Reservation second = machine.granted().reservation();
        try (SampledMonitor monitor = machine.monitor;
                Registration registration = monitor.onChange(told::release)) {
            assertThat(machine.admits()).isFalse();

            second.close(); // no sample is taken here

            await().until(told::tryAcquire);
            assertThat(machine.admits()).isTrue();
            assertThat(registration).isNotNull();
            first.close();
        }
    }

    @Test
    void tellsTheOthersWhenAListenerThrows() {
        List<String> told = new ArrayList<>();
        Registration thrower = machine.monitor.onChange(() -> {
            told.add("thrower");
            throw new IllegalStateException("a listener that throws, on purpose");
        });
        Registration other = machine.monitor.onChange(() -> told.add("other"));
        assertThat(machine.admits()).isFalse();

        machine.monitor.sample();

        assertThat(told).containsExactlyInAnyOrder("thrower", "other");
        assertThat(machine.admits()).isTrue();
        thrower.close();
        other.close();
    }

    @Test
    void takesOffOnlyTheRegistrationThatWasClosed() {
        AtomicInteger told = new AtomicInteger();
        Runnable listener = told::incrementAndGet;
        Registration first = machine.monitor.onChange(listener);
        Registration second = machine.monitor.onChange(listener);
        first.close();
        first.close();
        assertThat(machine.admits()).isFalse();

        machine.monitor.sample();
        assertThat(told).hasValue(1);

        second.close();
        machine.pass(Duration.ofMinutes(1));
        assertThat(machine.admits()).isFalse();
        machine.monitor.sample();
        assertThat(told).hasValue(1);
    }

    @Test
    void tellsNobodyAfterItWasClosed() {
        AtomicInteger told = new AtomicInteger();
        Registration registration = machine.monitor.onChange(told::incrementAndGet);
        assertThat(machine.admits()).isFalse();

        machine.monitor.close();
        machine.monitor.sample();

        assertThat(told).hasValue(0);
        registration.close();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
