package io.github.espalier.resources;

/**
 * How full the machine may be for one more to start.
 *
 * @param cpuPercent processor load, over 0 and at most 100
 * @param memoryPercent memory in use, over 0 and at most 100
 * @param freeDiskBytes free disk space that must be left, 0 or more
 */
public record ResourceLimits(double cpuPercent, double memoryPercent, long freeDiskBytes) {
    private static final ResourceLimits DEFAULTS = new ResourceLimits(80, 80, 1L << 30);

    /**
     * Checks the numbers.
     *
     * @param cpuPercent as for the record
     * @param memoryPercent as for the record
     * @param freeDiskBytes as for the record
     * @throws ResourceException naming the one that is out of range
     */
    public ResourceLimits {
        requirePercent("cpuPercent", cpuPercent);
        requirePercent("memoryPercent", memoryPercent);
        if (freeDiskBytes < 0) {
            throw new ResourceException("freeDiskBytes " + freeDiskBytes + ": must be 0 or more");
        }
    }

    private static void requirePercent(String name, double value) {
        if (!(value > 0 && value <= 100)) {
            throw new ResourceException(name + " " + value + ": must be over 0 and at most 100");
        }
    }

    /**
     * The defaults.
     *
     * @return 80 %, 80 %, 1 GiB
     */
    public static ResourceLimits defaults() {
        return DEFAULTS;
    }

    /**
     * With another limit of processor load.
     *
     * @param percent over 0 and at most 100
     * @return the changed limits
     */
    public ResourceLimits withCpuPercent(double percent) {
        return new ResourceLimits(percent, memoryPercent, freeDiskBytes);
    }

    /**
     * With another limit of memory in use.
     *
     * @param percent over 0 and at most 100
     * @return the changed limits
     */
    public ResourceLimits withMemoryPercent(double percent) {
        return new ResourceLimits(cpuPercent, percent, freeDiskBytes);
    }

    /**
     * With another limit of free disk space.
     *
     * @param bytes 0 or more
     * @return the changed limits
     */
    public ResourceLimits withFreeDiskBytes(long bytes) {
        return new ResourceLimits(cpuPercent, memoryPercent, bytes);
    }
}
