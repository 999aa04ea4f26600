package io.github.espalier.resources;

/** What can refuse an admission. */
public enum Limit {
    /** Processor load, in percent of what this process may use. Never refuses while no reservation is out. */
    CPU,
    /** Memory in use, in percent of the machine's or the container's, whichever is tighter. */
    MEMORY,
    /** Free disk space, in bytes. */
    DISK,
    /**
     * Share of time in which all processes stood still for want of memory, in percent over ten seconds (Linux pressure stall
     * information, {@code full avg10}); it refuses from 10 on.
     */
    PRESSURE,
    /**
     * Age of the last sample, in seconds; it refuses when it is older than 5, before the first, and, for all but the only one,
     * before there is a processor load, which takes two.
     */
    STALE
}
