package io.github.espalier.coordinator;

import java.nio.file.Path;

/**
 * Launches agents as processes on this machine that can change little more than their own worktree. Needs Linux with
 * bubblewrap ({@code bwrap}) and with user namespaces open to the host's user. Immutable and thread-safe: each method
 * returns a changed copy.
 *
 * <pre>{@code
 * InstanceLauncher launcher = InstanceLauncher.sandboxed(InstanceLauncher.command("code-developer", "--task={task}"))
 *         .writable(home.resolve(".m2"))
 *         .hidden(home.resolve(".ssh"))
 *         .network(false);
 * }</pre>
 *
 * <p>Inside, an agent can write
 *
 * <ul>
 *   <li>its worktree, but for the {@code .git} file there;
 *   <li>temporary folders of its own, {@code /tmp} and {@code /var/tmp}, which are in memory and end with it;
 *   <li>what git needs for commits on the task's branch: new objects, the folder that the branch's ref lies in, the
 *       branch's log, the worktree's administrative directory. Packs that exist are read-only, unless the repository is a
 *       partial clone, which fetches into them;
 *   <li>what {@link #writable} names.
 * </ul>
 *
 * <p>Everything else can be read and not written: the user's checkout, other worktrees, the repository's configuration,
 * hooks, other branches and packed refs, the home directory. {@code /run}, with the sockets of the machine's services, and
 * others' temporary files are hidden; so are the machine's other processes and its devices. Git in there neither collects
 * garbage nor makes branches outside that folder, stashes or fetches.
 *
 * <p>All branches in one folder can be written by each agent: {@code refs/heads/feature/} for the default template. {@code
 * CoordinatorBuilder.branch("feature/{id}/work")} gives each task a folder of its own.
 *
 * <p>Log and exit code are written outside. {@link CommandLauncher#containment} does not matter: the sandbox always has a PID
 * namespace, which nothing survives.
 */
public interface SandboxedLauncher extends InstanceLauncher {
    /**
     * Whether an agent has the network. Without it there is not even the machine's loopback; sockets in the file system can
     * still be reached where they are not hidden.
     *
     * @param on true by default
     * @return the changed launcher
     */
    SandboxedLauncher network(boolean on);

    /**
     * Folders and files that an agent can write besides. Where paths contain each other, the deeper one decides.
     *
     * @param paths must exist when an agent starts, and must contain neither its worktree nor the repository
     * @return the changed launcher
     */
    SandboxedLauncher writable(Path... paths);

    /**
     * Folders and files that an agent can read although they lie in a folder that is hidden, such as {@code /tmp} or {@code
     * /run}.
     *
     * @param paths must exist when an agent starts
     * @return the changed launcher
     */
    SandboxedLauncher readable(Path... paths);

    /**
     * Folders that are empty inside, and files that cannot be opened there: secrets, sockets. The worktree and the repository
     * stay visible in a folder that holds them.
     *
     * @param paths those that do not exist when an agent starts are passed over
     * @return the changed launcher
     */
    SandboxedLauncher hidden(Path... paths);

    /**
     * Whether an agent ends when the host does, however that ends. Where it does not, the agent works on, and {@link
     * InstanceLauncher#find} of a later host finds it at work; where it does, a later host finds only how it ended.
     *
     * @param ends true by default; needs {@code setpriv} of util-linux
     * @return the changed launcher
     */
    SandboxedLauncher endWithHost(boolean ends);

    /**
     * Throws unless a sandbox can be made here: so that a run fails before its first worktree and not at each.
     *
     * @throws LaunchException if bubblewrap is missing, or user namespaces are closed to this user
     */
    void requireSandbox();

    /**
     * Throws unless the agent's program can be started.
     *
     * @param directory where relative programs are looked for
     * @throws LaunchException if the program is missing or not executable
     */
    void requireProgram(Path directory);
}
