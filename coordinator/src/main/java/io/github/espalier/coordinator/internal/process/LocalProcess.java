package io.github.espalier.coordinator.internal.process;

import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.coordinator.LaunchException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program under way with all that it starts. Its end is known when nothing of it lives any more. Its exit code is what the
 * operating system tells us as its parent, or what its wrapper wrote where we are not. Thread-safe.
 */
final class LocalProcess {
    private static final Logger log = LoggerFactory.getLogger(LocalProcess.class);
    /** What the names of all cookies begin with. */
    static final String COOKIE = "ESPALIER_COOKIE_";

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration SWEEP = Duration.ofMillis(20);
    private static final int MOST_SWEEPS = 500;
    /** Exit codes from here on may mean that a signal ended it. */
    private static final int SIGNALED = 128;

    private final ProcessTree tree;
    private final Path exitFile;
    private final boolean namespace;
    private final @Nullable Process child;
    private final CompletableFuture<InstanceEnd> end = new CompletableFuture<>();
    private boolean stopping;
    private boolean forcibly;
    /** Of one that an earlier JVM started, as it was found when its root had ended. */
    private Optional<Integer> recorded = Optional.empty();

    private LocalProcess(ProcessTree tree, Path exitFile, boolean namespace, @Nullable Process child) {
        this.tree = tree;
        this.exitFile = exitFile;
        this.namespace = namespace;
        this.child = child;
    }

    /**
     * Starts a program.
     *
     * @param cookie a variable for its environment that no other program has
     * @throws LaunchException if it cannot be started
     */
    static LocalProcess start(CommandSpec spec, String cookie) {
        return ProcessThreads.start(() -> {
            Map<String, String> environment = new HashMap<>(spec.environment());
            environment.put(cookie, "1");
            Process child = spawn(spec, environment);
            long startTicks = ProcessTable.entry(child.pid())
                    .map(ProcessTable.Entry::startTicks)
                    .orElse(-1L);
            LocalProcess process = new LocalProcess(
                    new ProcessTree(child.pid(), startTicks, cookie),
                    spec.exitFile(),
                    spec.containment().isNamespace(),
                    child);
            boolean endsLast = spec.containment().endsLast();
            ProcessThreads.ENDS.whenEnded(child, () -> process.rootEnded(endsLast && child.exitValue() < SIGNALED));
            new CappedLog(spec.log(), spec.logLimit()).keep(process.end);
            return process;
        });
    }

    static String newCookie() {
        return COOKIE + UUID.randomUUID().toString().replace("-", "");
    }

    private static Process spawn(CommandSpec spec, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(spec.containment().wrap(spec.argv(), spec.exitFile()))
                .directory(spec.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(nullDevice()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Files.deleteIfExists(spec.exitFile());
            return builder.start();
        } catch (IOException e) {
            LaunchException failure = new LaunchException(spec.argv().get(0), String.valueOf(e.getMessage()));
            failure.initCause(e);
            throw failure;
        }
    }

    private static File nullDevice() {
        return new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
    }

    /**
     * Finds a program that an earlier JVM started.
     *
     * @param alive whether the recorded root is still that very process
     */
    static LocalProcess found(ProcessTree tree, Path exitFile, boolean namespace, boolean alive) {
        LocalProcess process = new LocalProcess(tree, exitFile, namespace, null);
        Optional<ProcessHandle> root = alive ? ProcessHandle.of(tree.root()) : Optional.empty();
        ProcessThreads.ENDS.execute(() -> process.sweepWhenEnded(root));
        return process;
    }

    /** The operating system tells of the end of children only: the end of another's process has to be looked for. */
    private void sweepWhenEnded(Optional<ProcessHandle> root) {
        if (root.isPresent() && root.get().isAlive()) {
            ProcessThreads.ENDS.after(LOOK, () -> sweepWhenEnded(root));
        } else {
            synchronized (
                    this) { // before the rest is killed: what that makes the wrapper write is no word of the agent's
                recorded = recordedExitCode();
            }
            sweep(0);
        }
    }

    ProcessTree tree() {
        return tree;
    }

    CompletionStage<InstanceEnd> completion() {
        return end.minimalCompletionStage();
    }

    /** TERM, grace, KILL. Returns at once; only the first call counts. */
    synchronized void stop(Duration grace) {
        if (stopping || end.isDone()) {
            return;
        }
        stopping = true;
        ProcessThreads.ENDS.execute(() -> {
            if (!grace.isZero()) {
                // Whoever stands outside the namespace takes it down with itself: those are spared the TERM.
                tree.living().stream()
                        .filter(process -> !namespace || ProcessTable.inNestedNamespace(process.pid()))
                        .forEach(ProcessHandle::destroy);
            }
            ProcessThreads.ENDS.after(grace, () -> kill(0));
        });
    }

    private void kill(int sweeps) {
        if (end.isDone()) {
            return;
        }
        synchronized (this) {
            forcibly = true;
        }
        List<ProcessHandle> living = tree.living();
        living.forEach(ProcessHandle::destroyForcibly);
        if (!living.isEmpty() && sweeps < MOST_SWEEPS) {
            ProcessThreads.ENDS.after(SWEEP, () -> kill(sweeps + 1));
        }
    }

    /** To look for what it left behind takes longer the more processes the machine has. */
    private void rootEnded(boolean asTheLast) {
        if (asTheLast) {
            end.complete(seen());
        } else {
            sweep(0);
        }
    }

    /** The root has ended: what it left behind ends too, and then the end is known. */
    private void sweep(int sweeps) {
        List<ProcessHandle> left = tree.living();
        left.forEach(ProcessHandle::destroyForcibly);
        if (left.isEmpty() || sweeps >= MOST_SWEEPS) {
            if (!left.isEmpty()) {
                log.atWarn()
                        .addKeyValue("pid", tree.root())
                        .addKeyValue("left", left.size())
                        .log("Processes would not end");
            }
            end.complete(seen());
        } else {
            ProcessThreads.ENDS.after(SWEEP, () -> sweep(sweeps + 1));
        }
    }

    private synchronized InstanceEnd seen() {
        if (stopping) {
            return new InstanceEnd.Stopped(forcibly);
        } else if (child != null) {
            return new InstanceEnd.Exited(child.exitValue());
        }
        return recorded.<InstanceEnd>map(InstanceEnd.Exited::new)
                .orElseGet(() -> new InstanceEnd.Unknown("it ended while no host watched and left no exit code"));
    }

    private Optional<Integer> recordedExitCode() {
        try {
            return Optional.of(Integer.parseInt(Files.readString(exitFile).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
