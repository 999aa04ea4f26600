package io.github.espalier.resources;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The last readings. What is not known is empty, never a number that looks real.
 *
 * @param cpuPercent processor load in percent of what this process may use, smoothed over some ten seconds; what admissions
 *     go by
 * @param latestCpuPercent the same, not smoothed: over the second before the sample
 * @param memoryPercent memory in use, of the machine's or the container's, whichever is tighter
 * @param memoryAvailableBytes memory that can be had without swapping, of the machine or the container, whichever has less
 * @param freeDiskBytes disk space that this process may use
 * @param memoryPressurePercent share of the last ten seconds in which all processes stood still for want of memory; empty
 *     where the system does not measure it
 * @param reservations how many are out
 * @param sampledAt when the readings were taken, by the time of day; empty: there are none yet
 * @param age how old the readings are, by a clock that nobody sets; empty: there are none yet
 */
public record ResourceStatus(
        OptionalDouble cpuPercent,
        OptionalDouble latestCpuPercent,
        OptionalDouble memoryPercent,
        OptionalLong memoryAvailableBytes,
        OptionalLong freeDiskBytes,
        OptionalDouble memoryPressurePercent,
        int reservations,
        Optional<Instant> sampledAt,
        Optional<Duration> age) {}
