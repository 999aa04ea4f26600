package io.github.espalier.resources.internal;

import io.github.espalier.resources.Admission;
import io.github.espalier.resources.Registration;
import io.github.espalier.resources.Reservation;
import io.github.espalier.resources.ResourceException;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.resources.ResourceStatus;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Admits always. */
public final class UnlimitedMonitor implements ResourceMonitor {
    private final AtomicInteger reservations = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    @Override
    public Admission admit() {
        if (closed.get()) {
            throw new ResourceException("the resource monitor is closed; ask it before, or make a new one");
        }
        AtomicBoolean open = new AtomicBoolean(true);
        reservations.incrementAndGet();
        Reservation reservation = () -> {
            if (open.getAndSet(false)) {
                reservations.decrementAndGet();
            }
        };
        return new Admission.Granted(reservation);
    }

    @Override
    public ResourceStatus status() {
        return new ResourceStatus(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                reservations.get(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public Registration onChange(Runnable listener) {
        return () -> {}; // it never refuses, so there is nothing to tell
    }

    @Override
    public void close() {
        closed.set(true);
    }
}
