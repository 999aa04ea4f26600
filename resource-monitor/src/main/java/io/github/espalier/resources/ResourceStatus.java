package io.github.espalier.resources;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The last readings. What is not known is empty.
 *
 * @param cpuPercent processor load, smoothed over some ten seconds
 * @param memoryPercent memory in use
 * @param memoryAvailableBytes memory that can be had without swapping
 * @param freeDiskBytes free disk space
 * @param memoryPressurePercent share of the last ten seconds in which all processes stood still for want of memory
 * @param reservations how many are out
 * @param age how old the readings are; empty: there are none yet
 */
public record ResourceStatus(
        OptionalDouble cpuPercent,
        OptionalDouble memoryPercent,
        OptionalLong memoryAvailableBytes,
        OptionalLong freeDiskBytes,
        OptionalDouble memoryPressurePercent,
        int reservations,
        Optional<Duration> age) {}
