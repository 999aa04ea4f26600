package io.github.espalier.coordinator.internal.process;

import io.github.espalier.coordinator.LaunchException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The program that makes sandboxes, as this machine has it.
 *
 * @param network whether what runs inside has the network
 * @param wrapper what stands around it
 */
record Bubblewrap(boolean network, Wrapper wrapper) {
    private static final String PROGRAM = "bwrap";
    private static final String TRIAL_FAILED = "user namespaces seem to be closed to this user: see"
            + " /proc/sys/user/max_user_namespaces, kernel.unprivileged_userns_clone and"
            + " kernel.apparmor_restrict_unprivileged_userns, or the limits of the container; or do without the sandbox";

    /** What has worked once; a failure is looked at again. */
    private static final Set<List<String>> WORKING = ConcurrentHashMap.newKeySet();

    /**
     * The program and its arguments but for the file system, tried once: some ten milliseconds.
     *
     * @throws LaunchException if it does not work on this machine
     */
    List<String> require() {
        if (!ProcessTable.isAvailable()) {
            throw new LaunchException(PROGRAM, "a sandbox needs Linux; use InstanceLauncher.command without it here");
        }
        List<String> argv = words(find(PROGRAM, "bubblewrap"));
        List<String> trial = new ArrayList<>(wrapper.words());
        if (!trial.isEmpty()) {
            find(trial.get(0), "util-linux");
        }
        trial.addAll(argv);
        trial.addAll(new Mounts().arguments());
        trial.addAll(List.of("--", "/bin/sh", "-c", "test -r /proc/self/stat"));
        if (!WORKING.contains(trial)) {
            attempt(trial);
            WORKING.add(trial);
        }
        return argv;
    }

    /** No capabilities even for root, no terminal to type into, and an end with whoever stands outside. */
    private List<String> words(Path program) {
        List<String> words = new ArrayList<>(List.of(
                program.toString(),
                "--unshare-user-try",
                "--unshare-pid",
                "--unshare-ipc",
                "--cap-drop",
                "ALL",
                "--new-session",
                "--die-with-parent"));
        if (!network) {
            words.add("--unshare-net");
        }
        return words;
    }

    private static Path find(String program, String packageName) {
        try {
            return Programs.find(program, Path.of("/"), System.getenv());
        } catch (LaunchException e) {
            LaunchException failure = new LaunchException(
                    program,
                    "a sandbox needs it and it is not on the PATH; install the package " + packageName
                            + " (apt install " + packageName + ", dnf install " + packageName
                            + "), or do without the sandbox");
            failure.initCause(e);
            throw failure;
        }
    }

    private static void attempt(List<String> trial) {
        try {
            Process process = new ProcessBuilder(trial)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .start();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new LaunchException(PROGRAM, "it does not work here: a sandbox was not made within ten seconds");
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) {
                throw new LaunchException(PROGRAM, "it does not work here (" + said + "); " + TRIAL_FAILED);
            }
        } catch (IOException e) {
            LaunchException failure = new LaunchException(PROGRAM, "it cannot be tried (" + e + ")");
            failure.initCause(e);
            throw failure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException(PROGRAM, "it could not be tried: interrupted");
        }
    }
}
