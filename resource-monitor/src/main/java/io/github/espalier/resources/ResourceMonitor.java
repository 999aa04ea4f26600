package io.github.espalier.resources;

import io.github.espalier.resources.internal.UnlimitedMonitor;
import java.nio.file.Path;

/**
 * Says whether there is room for one more. {@link #admit} and {@link #status} answer from memory, within microseconds;
 * readings are taken in the background. Implementations are thread-safe.
 *
 * <pre>{@code
 * try (ResourceMonitor monitor = ResourceMonitor.system();
 *         Registration registration = monitor.onChange(this::lookAgain)) {
 *     Admission admission = monitor.admit();
 *     if (admission instanceof Admission.Granted granted) {
 *         start(granted.reservation()); // closes it at the end
 *     } else if (admission instanceof Admission.Refused refused) {
 *         show(refused.reason()); // and wait to be told
 *     }
 * }
 * }</pre>
 */
public interface ResourceMonitor extends AutoCloseable {
    /**
     * This machine with the default limits; disk space is that of the working directory.
     *
     * @return the monitor, which has one daemon thread until it is closed
     */
    static ResourceMonitor system() {
        return builder().build();
    }

    /**
     * This machine: its processors, memory and disk, and the limits of the container it runs in. Until the first readings are
     * in, after some tenths of a second, it refuses with {@link Limit#STALE}.
     *
     * @param limits the limits
     * @param directory an existing directory on the disk that counts
     * @return the monitor, which has one daemon thread until it is closed
     * @throws ResourceException if there is no such directory
     */
    static ResourceMonitor system(ResourceLimits limits, Path directory) {
        return builder().limits(limits).directory(directory).build();
    }

    /**
     * The same, step by step.
     *
     * @return a builder with the default limits and the working directory
     */
    static ResourceMonitorBuilder builder() {
        return new ResourceMonitorBuilder();
    }

    /**
     * A monitor that admits always and knows nothing.
     *
     * @return the monitor
     */
    static ResourceMonitor unlimited() {
        return new UnlimitedMonitor();
    }

    /**
     * Asks for room for one more. Processor load never refuses while no reservation is out, because nothing would ever start
     * on a machine that others keep busy; memory and disk may.
     *
     * @return a reservation, or which limit refuses
     * @throws ResourceException if the monitor was closed
     */
    Admission admit();

    /**
     * The last readings.
     *
     * @return what is known
     */
    ResourceStatus status();

    /**
     * Tells when it may be worth asking again: after a refusal, with the next readings or as soon as a reservation is closed.
     * The listener is called on the monitor's thread and must return soon; what it throws is logged.
     *
     * @param listener is told
     * @return the registration
     */
    Registration onChange(Runnable listener);

    /**
     * Ends the monitor's thread, after a reading that it may be taking. Idempotent. No listener is told any more; reservations
     * may still be closed, and the status still asked for.
     */
    @Override
    void close();
}
