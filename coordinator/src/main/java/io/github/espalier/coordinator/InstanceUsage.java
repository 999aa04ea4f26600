package io.github.espalier.coordinator;

import java.time.Duration;

/**
 * What an instance uses of the machine it runs on, all its processes together.
 *
 * @param cpuTime processor time since it started
 * @param memoryBytes resident memory now, in bytes
 * @param processes how many processes it has now
 */
public record InstanceUsage(Duration cpuTime, long memoryBytes, int processes) {}
