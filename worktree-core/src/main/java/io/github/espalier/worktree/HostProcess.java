package io.github.espalier.worktree;

import java.time.Instant;

/**
 * This process, as those that it starts carry it in their environment: so that a later process finds what a host that died
 * has left running.
 */
public final class HostProcess {
    /** The variable that git, and every command but agents, is started with. */
    public static final String VARIABLE = "ESPALIER_HOST";

    private static final String SELF = describe(ProcessHandle.current());

    private HostProcess() {}

    /**
     * This process.
     *
     * @return its id and start, which together belong to no other process of this machine
     */
    public static String self() {
        return SELF;
    }

    private static String describe(ProcessHandle process) {
        long started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return process.pid() + "-" + started;
    }
}
