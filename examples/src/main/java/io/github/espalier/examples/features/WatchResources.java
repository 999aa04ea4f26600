package io.github.espalier.examples.features;

import io.github.espalier.resources.Admission;
import io.github.espalier.resources.Registration;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.resources.ResourceStatus;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The resource monitor alone: is there room for one more, and if not, what is short? */
public final class WatchResources {
    private WatchResources() {}

    /**
     * Runs it.
     *
     * @param args none
     * @throws InterruptedException if interrupted while waiting for the first readings
     */
    public static void main(String... args) throws InterruptedException {
        CountDownLatch readings = new CountDownLatch(1);
        try (ResourceMonitor monitor = ResourceMonitor.system()) {
            Registration registration = monitor.onChange(readings::countDown);
            readings.await(5, TimeUnit.SECONDS);
            registration.close();
            ResourceStatus status = monitor.status();
            System.out.println("processor load %: " + status.cpuPercent());
            System.out.println("memory in use %:  " + status.memoryPercent());
            System.out.println("free disk bytes:  " + status.freeDiskBytes());
            Admission answer = monitor.admit();
            if (answer instanceof Admission.Granted granted) {
                System.out.println("there is room; reservations that are out: "
                        + monitor.status().reservations());
                granted.reservation().close();
            } else if (answer instanceof Admission.Refused refused) {
                System.out.println("no room: " + refused.reason());
            }
        }
    }
}
