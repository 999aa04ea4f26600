package io.github.espalier.coordinator;

import java.nio.file.Path;
import java.util.Map;

/**
 * Launches agents as processes on this machine. Immutable: each method returns a changed copy.
 *
 * <p>An agent's standard input is empty; standard output and standard error go to one log file. Its environment carries {@code
 * ESPALIER_TASK}, {@code _TITLE}, {@code _SPEC}, {@code _WORKTREE}, {@code _BRANCH}, {@code _BASE}, {@code _REPOSITORY} and
 * {@code _RUN}. When it ends, or is stopped, every process it started ends with it.
 */
public interface CommandLauncher extends InstanceLauncher {
    /** The default of {@link #logLimit}: 64 MiB. */
    long DEFAULT_LOG_LIMIT = 64L << 20;

    /** How the processes of an agent are kept together so that none survives it. */
    enum Containment {
        /** A PID namespace where this machine offers one, else {@link #COOKIE}. */
        AUTOMATIC,
        /** A PID namespace (Linux, {@code unshare}): nothing survives, whatever it does. */
        NAMESPACE,
        /**
         * Descendants and every process that carries a cookie variable of ours in its environment. A process that detaches
         * and empties its environment survives.
         */
        COOKIE
    }

    /**
     * Only these variables of the host's environment reach the agent; by default all do.
     *
     * @param names names of variables; {@code PATH} must be among them if the agent needs it
     * @return the changed launcher
     */
    CommandLauncher allowEnvironment(String... names);

    /**
     * Sets variables for the agent, over what it inherits.
     *
     * @param variables names and values; values are not logged
     * @return the changed launcher
     */
    CommandLauncher environment(Map<String, String> variables);

    /**
     * Bounds the log. Beyond the limit the older half is dropped, and a line in the log says so.
     *
     * @param bytes the limit, at least 4,096
     * @return the changed launcher
     * @throws IllegalArgumentException if the limit is lower
     */
    CommandLauncher logLimit(long bytes);

    /**
     * How an agent's processes are kept together.
     *
     * @param containment the way; {@link Containment#AUTOMATIC} by default
     * @return the changed launcher
     * @throws LaunchException if this machine does not offer it
     */
    CommandLauncher containment(Containment containment);

    /**
     * The way that is in force on this machine.
     *
     * @return {@link Containment#NAMESPACE} or {@link Containment#COOKIE}
     */
    Containment effectiveContainment();

    /**
     * Throws unless the program can be started: so that a run fails before its first worktree and not at each.
     *
     * @param directory where relative programs are looked for
     * @throws LaunchException if the program is missing or not executable
     */
    void requireProgram(Path directory);
}
