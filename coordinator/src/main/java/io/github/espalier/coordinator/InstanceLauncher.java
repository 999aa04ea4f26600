package io.github.espalier.coordinator;

import io.github.espalier.coordinator.internal.process.FindingLauncher;
import io.github.espalier.coordinator.internal.process.ProcessLauncher;
import io.github.espalier.coordinator.internal.process.SandboxLauncher;
import java.util.List;
import java.util.Optional;

/**
 * Starts agents. The default starts a process on this machine:
 *
 * <pre>{@code
 * InstanceLauncher launcher = InstanceLauncher.command("code-developer", "--priority={task}", "--spec={spec}");
 * }</pre>
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface InstanceLauncher {
    /**
     * Launches agents as processes on this machine.
     *
     * @param argv the program and its arguments; {@code {task}}, {@code {title}}, {@code {spec}}, {@code {worktree}}, {@code
     *     {branch}}, {@code {base}}, {@code {repository}} and {@code {run}} in an argument are replaced. No shell reads them
     * @return the launcher
     */
    static CommandLauncher command(String... argv) {
        return command(List.of(argv));
    }

    /**
     * Launches agents as processes on this machine.
     *
     * @param argv as in {@link #command(String...)}
     * @return the launcher
     */
    static CommandLauncher command(List<String> argv) {
        return ProcessLauncher.of(argv);
    }

    /**
     * Launches agents as processes in a sandbox, where they can write little more than their own worktree.
     *
     * @param launcher what to start, with which environment; made by {@link #command(String...)}
     * @return the launcher
     * @throws IllegalArgumentException if the launcher was made otherwise
     */
    static SandboxedLauncher sandboxed(CommandLauncher launcher) {
        return SandboxLauncher.of(launcher);
    }

    /**
     * Launches nothing, and finds again the processes that {@link #command} launched for an earlier host: for a host that only
     * {@linkplain Coordinator#recover recovers}.
     *
     * @return the launcher
     */
    static InstanceLauncher none() {
        return new FindingLauncher();
    }

    /**
     * Starts an instance.
     *
     * @param request what to start, and where
     * @return the running instance
     * @throws LaunchException if it cannot be started; nothing runs then
     */
    Instance launch(LaunchRequest request);

    /**
     * Finds an instance that an earlier host launched.
     *
     * @param identity what was recorded of it; where the host died while it launched it, only {@link
     *     InstanceIdentity#STATE_DIRECTORY}
     * @return the instance, which may have ended meanwhile; empty: this launcher cannot find instances again
     */
    default Optional<Instance> find(InstanceIdentity identity) {
        return Optional.empty();
    }
}
