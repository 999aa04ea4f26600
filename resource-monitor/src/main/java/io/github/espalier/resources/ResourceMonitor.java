package io.github.espalier.resources;

import io.github.espalier.resources.internal.OshiSampler;
import io.github.espalier.resources.internal.SampledMonitor;
import io.github.espalier.resources.internal.UnlimitedMonitor;
import java.nio.file.Path;

/**
 * Says whether there is room for one more. {@link #admit} and {@link #status} answer from memory, within microseconds;
 * readings are taken in the background. Implementations are thread-safe.
 */
public interface ResourceMonitor extends AutoCloseable {
    /**
     * This machine with the default limits; disk space is that of the working directory.
     *
     * @return the monitor, which has one daemon thread until it is closed
     */
    static ResourceMonitor system() {
        return system(ResourceLimits.defaults(), Path.of("").toAbsolutePath());
    }

    /**
     * This machine: its processors, memory and disk, and the limits of the container it runs in.
     *
     * @param limits the limits
     * @param directory a directory on the disk that counts
     * @return the monitor, which has one daemon thread until it is closed
     */
    static ResourceMonitor system(ResourceLimits limits, Path directory) {
        return SampledMonitor.start(limits, () -> new OshiSampler(directory));
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
     * Tells when it may be worth asking again after a refusal. The listener is called on the monitor's thread and must return
     * soon; what it throws is logged.
     *
     * @param listener is told
     * @return the registration
     */
    Registration onChange(Runnable listener);

    /** Ends the monitor's thread. Idempotent; reservations may still be closed. */
    @Override
    void close();
}
