package io.github.espalier.resources;

import io.github.espalier.resources.internal.OshiSampler;
import io.github.espalier.resources.internal.SampledMonitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a monitor of this machine.
 *
 * <pre>{@code
 * ResourceMonitor monitor = ResourceMonitor.builder()
 *         .cpuPercent(70)
 *         .freeDiskBytes(10L << 30)
 *         .directory(Path.of("/srv/work"))
 *         .build();
 * }</pre>
 *
 * Not thread-safe; a monitor that was built does not change with it.
 */
public final class ResourceMonitorBuilder {
    private double cpuPercent = ResourceLimits.defaults().cpuPercent();
    private double memoryPercent = ResourceLimits.defaults().memoryPercent();
    private long freeDiskBytes = ResourceLimits.defaults().freeDiskBytes();
    private Path directory = Path.of("");

    ResourceMonitorBuilder() {}

    /**
     * All three limits.
     *
     * @param limits the limits
     * @return this
     */
    public ResourceMonitorBuilder limits(ResourceLimits limits) {
        return cpuPercent(limits.cpuPercent())
                .memoryPercent(limits.memoryPercent())
                .freeDiskBytes(limits.freeDiskBytes());
    }

    /**
     * The limit of processor load.
     *
     * @param percent over 0 and at most 100, default 80
     * @return this
     */
    public ResourceMonitorBuilder cpuPercent(double percent) {
        cpuPercent = percent;
        return this;
    }

    /**
     * The limit of memory in use.
     *
     * @param percent over 0 and at most 100, default 80
     * @return this
     */
    public ResourceMonitorBuilder memoryPercent(double percent) {
        memoryPercent = percent;
        return this;
    }

    /**
     * The free disk space that must be left.
     *
     * @param bytes 0 or more, default 1 GiB
     * @return this
     */
    public ResourceMonitorBuilder freeDiskBytes(long bytes) {
        freeDiskBytes = bytes;
        return this;
    }

    /**
     * Whose file system's free space counts.
     *
     * @param path an existing directory, default the working directory
     * @return this
     */
    public ResourceMonitorBuilder directory(Path path) {
        directory = path;
        return this;
    }

    /**
     * Starts the monitor.
     *
     * @return the monitor, which has one daemon thread until it is closed
     * @throws ResourceException saying all that is wrong
     */
    public ResourceMonitor build() {
        List<String> problems = new ArrayList<>(ResourceLimits.problems(cpuPercent, memoryPercent, freeDiskBytes));
        Path where = directory.toAbsolutePath();
        if (!Files.isDirectory(where)) {
            problems.add("directory " + where + ": is none; name one that exists, its file system's free space counts");
        }
        if (!problems.isEmpty()) {
            throw new ResourceException(String.join("; ", problems));
        }
        return SampledMonitor.start(
                new ResourceLimits(cpuPercent, memoryPercent, freeDiskBytes), () -> new OshiSampler(where));
    }
}
