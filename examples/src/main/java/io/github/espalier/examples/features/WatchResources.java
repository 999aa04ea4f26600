package io.github.espalier.examples.features;

import io.github.espalier.resources.Admission;
import io.github.espalier.resources.Registration;
import io.github.espalier.resources.Reservation;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.resources.ResourceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The resource monitor alone: is there room for one more, and if not, what is short, and when is it worth asking again? */
public final class WatchResources {
    private static final int QUESTIONS = 4;

    private WatchResources() {}

    /**
     * Runs it.
     *
     * @param args none
     * @throws InterruptedException if interrupted while waiting for readings
     */
    public static void main(String... args) throws InterruptedException {
        Semaphore changes = new Semaphore(0);
        List<Reservation> reservations = new ArrayList<>();
        try (ResourceMonitor monitor = ResourceMonitor.system()) {
            Registration registration = monitor.onChange(changes::release);
            for (int i = 0; i < QUESTIONS; i++) {
                Admission answer = monitor.admit();
                if (answer instanceof Admission.Granted granted) {
                    reservations.add(granted.reservation());
                    System.out.println("there is room for " + reservations.size());
                } else if (answer instanceof Admission.Refused refused) {
                    System.out.println("no room for one more: " + refused.reason());
                    changes.tryAcquire(2, TimeUnit.SECONDS);
                }
            }
            ResourceStatus status = monitor.status();
            System.out.println("processor load %: " + status.cpuPercent());
            System.out.println("memory in use %:  " + status.memoryPercent());
            System.out.println("free disk bytes:  " + status.freeDiskBytes());
            reservations.forEach(Reservation::close);
            registration.close();
        }
    }
}
