package io.github.espalier.resources.internal;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One look at the machine. What is not known is empty.
 *
 * @param cpuPercent processor load since the look before
 * @param memoryPercent memory in use
 * @param memoryAvailableBytes memory that can be had
 * @param freeDiskBytes free disk space
 * @param memoryPressurePercent PSI, memory, full, avg10
 * @param cores how many cores this process may use, as a fraction where a quota says so
 */
public record Sample(
        OptionalDouble cpuPercent,
        OptionalDouble memoryPercent,
        OptionalLong memoryAvailableBytes,
        OptionalLong freeDiskBytes,
        OptionalDouble memoryPressurePercent,
        double cores) {}
