package io.github.espalier.coordinator.internal.process;

import io.github.espalier.coordinator.CommandLauncher;
import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.coordinator.LaunchException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.HostProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command that is waited for, and ended with all that it started. */
public final class ManagedCommand {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private ManagedCommand() {}

    /**
     * How a command ended.
     *
     * @param end as its process tells it
     * @param exceeded the time limit it was stopped at
     * @param lastLine the last line it printed
     */
    public record Result(InstanceEnd end, Optional<Duration> exceeded, Optional<String> lastLine) {
        public boolean succeeded() {
            return end instanceof InstanceEnd.Exited exited && exited.exitCode() == 0;
        }

        public String describe() {
            String how = exceeded.map(limit -> "stopped at its time limit of " + limit)
                    .orElseGet(end::describe);
            return how + lastLine.map(line -> " (" + line + ")").orElse("");
        }
    }

    /**
     * Runs a command in the host's environment.
     *
     * @param log takes what it prints
     * @param limit stopped after this time
     * @throws LaunchException if the program is missing
     */
    public static Result run(List<String> argv, Path directory, Path log, Duration limit) {
        return run(argv, Map.of(), directory, log, limit);
    }

    /**
     * The same with more variables.
     *
     * @param more variables over those of the host
     */
    public static Result run(List<String> argv, Map<String, String> more, Path directory, Path log, Duration limit) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().removeAll(GitRepository.ENVIRONMENT);
        environment.putAll(more);
        environment.put(HostProcess.VARIABLE, HostProcess.self());
        List<String> command = new ArrayList<>(argv);
        command.set(0, Programs.find(argv.get(0), directory, environment).toString());
        Path exitFile = log.resolveSibling(log.getFileName() + ".exit");
        CommandSpec spec = new CommandSpec(
                command,
                directory,
                environment,
                log,
                CommandLauncher.DEFAULT_LOG_LIMIT,
                exitFile,
                Wrapper.namespace().orElseGet(Wrapper::plain));
        LocalProcess process = LocalProcess.start(spec, LocalProcess.newCookie());
        CompletableFuture<InstanceEnd> end = process.completion().toCompletableFuture();
        Optional<Duration> exceeded = Optional.empty();
        if (!endsWithin(limit, process, end)) {
            exceeded = Optional.of(limit);
        }
        InstanceEnd how = end.join();
        delete(exitFile);
        return new Result(how, exceeded, new CappedLog(log, CommandLauncher.DEFAULT_LOG_LIMIT).lastLine());
    }

    /** Stops it if it does not end in time, or if this thread is interrupted; the flag stays set then. */
    private static boolean endsWithin(Duration limit, LocalProcess process, CompletableFuture<InstanceEnd> end) {
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            process.stop(GRACE);
            return false;
        } catch (InterruptedException e) {
            process.stop(GRACE);
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a process's end never fails", e);
        }
    }

    private static void delete(Path exitFile) {
        try {
            Files.deleteIfExists(exitFile);
        } catch (IOException e) {
            throw new LaunchException(exitFile.toString(), "its exit code's file cannot be deleted (" + e + ")");
        }
    }
}
