package io.github.espalier.resources;

import java.util.ArrayList;
import java.util.List;

/**
 * How full the machine may be for one more to start. Where a limit has refused, it admits again at 5 points under it (a
 * quarter of it under, for limits below 20), or with a tenth more disk space.
 *
 * @param cpuPercent processor load, over 0 and at most 100; what reaches it is refused
 * @param memoryPercent memory in use, over 0 and at most 100; what reaches it is refused
 * @param freeDiskBytes free disk space that must be left, 0 or more; 0: none need be left or known
 */
public record ResourceLimits(double cpuPercent, double memoryPercent, long freeDiskBytes) {
    private static final ResourceLimits DEFAULTS = new ResourceLimits(80, 80, 1L << 30);

    /**
     * Checks the numbers.
     *
     * @param cpuPercent over 0 and at most 100
     * @param memoryPercent over 0 and at most 100
     * @param freeDiskBytes 0 or more
     * @throws ResourceException naming each that is out of range
     */
    public ResourceLimits {
        List<String> problems = problems(cpuPercent, memoryPercent, freeDiskBytes);
        if (!problems.isEmpty()) {
            throw new ResourceException(String.join("; ", problems));
        }
    }

    static List<String> problems(double cpuPercent, double memoryPercent, long freeDiskBytes) {
        List<String> problems = new ArrayList<>();
        if (!isPercent(cpuPercent)) {
            problems.add("cpuPercent " + cpuPercent + ": must be over 0 and at most 100");
        }
        if (!isPercent(memoryPercent)) {
            problems.add("memoryPercent " + memoryPercent + ": must be over 0 and at most 100");
        }
        if (freeDiskBytes < 0) {
            problems.add("freeDiskBytes " + freeDiskBytes + ": must be 0 or more");
        }
        return problems;
    }

    private static boolean isPercent(double value) {
        return value > 0 && value <= 100; // false for what is not a number
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
     * @throws ResourceException if it is out of range
     */
    public ResourceLimits withCpuPercent(double percent) {
        return new ResourceLimits(percent, memoryPercent, freeDiskBytes);
    }

    /**
     * With another limit of memory in use.
     *
     * @param percent over 0 and at most 100
     * @return the changed limits
     * @throws ResourceException if it is out of range
     */
    public ResourceLimits withMemoryPercent(double percent) {
        return new ResourceLimits(cpuPercent, percent, freeDiskBytes);
    }

    /**
     * With another limit of free disk space.
     *
     * @param bytes 0 or more
     * @return the changed limits
     * @throws ResourceException if it is out of range
     */
    public ResourceLimits withFreeDiskBytes(long bytes) {
        return new ResourceLimits(cpuPercent, memoryPercent, bytes);
    }
}
