package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The one place that starts the git program: an argument list and never a shell, in a guarded environment. */
final class GitProcess {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int STDERR_TAIL = 4096;

    private static final ExecutorService READERS = Executors.newCachedThreadPool(runnable -> {
        Thread thread = new Thread(runnable, "espalier-git-output");
        thread.setDaemon(true);
        return thread;
    });

    private final List<String> argv;
    private final Path directory;
    private final Process process;

    private GitProcess(List<String> argv, Path directory, Process process) {
        this.argv = argv;
        this.directory = directory;
        this.process = process;
    }

    /**
     * Starts git.
     *
     * @param environment what is added to the host's, once that is guarded
     * @param error where standard error goes
     * @throws GitCommandException if it cannot be started
     */
    static GitProcess start(
            List<String> argv, Path directory, Map<String, String> environment, ProcessBuilder.Redirect error) {
        ProcessBuilder builder =
                new ProcessBuilder(argv).directory(directory.toFile()).redirectError(error);
        GitGuards.apply(builder.environment());
        builder.environment().putAll(environment);
        try {
            return new GitProcess(argv, directory, builder.start());
        } catch (IOException e) {
            GitCommandException failure = failure(
                    argv,
                    directory,
                    Files.isDirectory(directory)
                            ? "the git program cannot be started (is it installed and on the PATH?)"
                            : "git cannot be started in a directory that is not there",
                    String.valueOf(e.getMessage()));
            failure.initCause(e);
            throw failure;
        }
    }

    /** The process itself, which the caller ends. */
    Process process() {
        return process;
    }

    /**
     * Feeds git, reads all that it prints and waits for its end.
     *
     * @param interruptible whether an interrupt ends it; else an interrupt is left for later
     * @throws GitCommandException if it runs out of time or is interrupted
     */
    GitResult finish(byte[] input, Duration timeLimit, boolean interruptible) {
        CompletableFuture<byte[]> out = read(process.getInputStream());
        CompletableFuture<byte[]> error = read(process.getErrorStream());
        CompletableFuture<Void> fed = feed(process.getOutputStream(), input);
        int exitCode = await(timeLimit, interruptible, error);
        fed.join();
        return new GitResult(exitCode, bytes(out), text(error));
    }

    private int await(Duration timeLimit, boolean interruptible, CompletableFuture<byte[]> error) {
        long start = System.nanoTime();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    long left = timeLimit.toNanos() - (System.nanoTime() - start);
                    if (process.waitFor(left, TimeUnit.NANOSECONDS)) {
                        return process.exitValue();
                    }
                    end();
                    throw failure(argv, directory, "git ran out of its time limit of " + timeLimit, tail(text(error)));
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (interruptible) {
                        end();
                        throw failure(argv, directory, "interrupted while git ran", "");
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Asks git to end, whereupon it takes away its lock files and what it half made; kills it if it does not. */
    private void end() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        descendants.forEach(ProcessHandle::destroy);
        try {
            if (process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    private static GitCommandException failure(List<String> argv, Path directory, String what, String error) {
        return new GitCommandException(what, argv, directory, GitCommandException.NO_EXIT_CODE, error);
    }

    /** The end of what git printed on standard error. */
    static String tail(String error) {
        return error.length() <= STDERR_TAIL ? error : error.substring(error.length() - STDERR_TAIL);
    }

    /** What waits for a process's output may block, so it has threads of its own. */
    static <T> CompletableFuture<T> waiting(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, READERS);
    }

    private static CompletableFuture<Void> feed(OutputStream stdin, byte[] input) {
        if (input.length == 0) {
            write(stdin, input);
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.runAsync(() -> write(stdin, input), READERS);
    }

    private static void write(OutputStream stdin, byte[] input) {
        try (stdin) {
            stdin.write(input);
        } catch (IOException e) {
            // git ended before it had read all: its exit code and its stderr tell why
        }
    }

    private static CompletableFuture<byte[]> read(InputStream stream) {
        return waiting(() -> {
            try (stream) {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String text(CompletableFuture<byte[]> error) {
        return new String(bytes(error), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(CompletableFuture<byte[]> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw new WorktreeException("git's output could not be read: " + e.getCause(), e);
        }
    }
}
