package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitLockedException;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.HostProcess;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one place that starts the git program: an argument list and never a shell, guards against what a repository could
 * make git run, a time limit, and typed failures. Immutable and thread-safe.
 */
public final class Git {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(10);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int STDERR_TAIL = 4096;

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOCK_PATIENCE = TimeUnit.SECONDS.toNanos(5);
    private static final Pattern LOCK_HELD =
            Pattern.compile("Unable to create '(.+\\.lock)': File exists|could not lock config file (.+): File exists");

    /**
     * No hook and no file-system monitor of the repository runs, no garbage collection starts behind our back, and locks
     * that somebody holds for a moment are waited for.
     */
    private static final List<String> GUARDS = List.of(
            "-c", "core.hooksPath=/dev/null",
            "-c", "core.fsmonitor=false",
            "-c", "gc.auto=0",
            "-c", "maintenance.auto=false",
            "-c", "core.filesRefLockTimeout=2000",
            "-c", "core.packedRefsTimeout=2000",
            "-c", "core.quotePath=false",
            "-c", "submodule.recurse=false",
            "-c", "rerere.enabled=false",
            "-c", "advice.detachedHead=false");

    private static final ExecutorService READERS = Executors.newCachedThreadPool(runnable -> {
        Thread thread = new Thread(runnable, "espalier-git-output");
        thread.setDaemon(true);
        return thread;
    });

    private final Path directory;
    private final List<String> where;
    private final Map<String, String> commonDirectory;
    private final boolean offline;

    private Git(Path directory, List<String> where, Map<String, String> commonDirectory, boolean offline) {
        this.directory = directory;
        this.where = where;
        this.commonDirectory = commonDirectory;
        this.offline = offline;
    }

    /** Git in a directory, finding its repository by itself. */
    public static Git at(Path directory) {
        return new Git(directory, List.of(), Map.of(), true);
    }

    /** Git on a repository's objects and refs, outside any worktree. */
    public static Git of(GitRepository repository) {
        return new Git(
                        repository.commonDirectory(),
                        List.of("--git-dir=" + repository.commonDirectory()),
                        Map.of(),
                        true)
                .fetching(repository);
    }

    /** Git on what a linked worktree's administrative directory knows, whether or not the worktree is there. */
    public static Git of(Path gitDirectory) {
        return new Git(gitDirectory, List.of("--git-dir=" + gitDirectory), common(gitDirectory), true);
    }

    /**
     * Git in a worktree, by the directories we know and never by its {@code .git} file or its {@code commondir}, which an agent
     * can write.
     */
    public static Git in(Path gitDirectory, Path worktree) {
        return new Git(
                worktree, List.of("--git-dir=" + gitDirectory, "--work-tree=" + worktree), common(gitDirectory), true);
    }

    private static Map<String, String> common(Path gitDirectory) {
        Path above = gitDirectory.getParent();
        Path common = above != null && above.endsWith("worktrees") ? above.getParent() : null;
        return common == null ? Map.of() : Map.of("GIT_COMMON_DIR", common.toString());
    }

    /** Git in a linked worktree. */
    public static Git in(Worktree worktree) {
        return in(worktree.gitDirectory(), worktree.directory());
    }

    /**
     * The same, but for what is only looked up: an object that is not here is not fetched, whatever remote the configuration
     * promises it from, because fetching runs programs that the configuration names.
     */
    public Git offline() {
        return new Git(directory, where, commonDirectory, true);
    }

    /**
     * The same, but where the repository was a partial clone when it was opened, objects that are not here are fetched. In
     * any other one nothing is ever fetched, so that an agent cannot make it one whose remote runs a program.
     */
    public Git fetching(GitRepository repository) {
        return new Git(directory, where, commonDirectory, !repository.partialClone());
    }

    public Command command(String... arguments) {
        return command(List.of(arguments));
    }

    public Command command(List<String> arguments) {
        return new Command(arguments);
    }

    /** One git command before it runs. Not thread-safe. */
    public final class Command {
        private final List<String> arguments;
        private final List<String> configuration = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();
        private final List<Integer> accepted = new ArrayList<>(List.of(0));
        private byte[] input = {};
        private Duration timeLimit = TIME_LIMIT;
        private boolean interruptible = true;

        private Command(List<String> arguments) {
            this.arguments = List.copyOf(arguments);
        }

        /** One more {@code -c key=value}. */
        public Command config(String key, String value) {
            configuration.add("-c");
            configuration.add(key + "=" + value);
            return this;
        }

        /** More settings that win over the repository's. Not {@code -c}: a key may hold {@code =}. At most once. */
        public Command config(Map<String, String> settings) {
            int count = 0;
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                environment("GIT_CONFIG_KEY_" + count, setting.getKey());
                environment("GIT_CONFIG_VALUE_" + count++, setting.getValue());
            }
            return environment("GIT_CONFIG_COUNT", String.valueOf(count));
        }

        public Command environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        public Command author(Identity identity) {
            return environment("GIT_AUTHOR_NAME", identity.name()).environment("GIT_AUTHOR_EMAIL", identity.email());
        }

        public Command committer(Identity identity) {
            return environment("GIT_COMMITTER_NAME", identity.name())
                    .environment("GIT_COMMITTER_EMAIL", identity.email());
        }

        public Command input(String text) {
            return input(text.getBytes(StandardCharsets.UTF_8));
        }

        public Command input(byte[] bytes) {
            input = bytes;
            return this;
        }

        /** Exit codes besides 0 that are an answer and no failure. */
        public Command accept(Integer... exitCodes) {
            accepted.addAll(Arrays.asList(exitCodes));
            return this;
        }

        public Command timeLimit(Duration limit) {
            timeLimit = limit;
            return this;
        }

        /**
         * An interrupt is left for later: for what must not be given up half way, as in somebody's checkout. The time limit
         * holds all the same.
         */
        public Command uninterrupted() {
            interruptible = false;
            return this;
        }

        /**
         * Runs the command and waits for it. Where another process holds a lock file of git's, it tries again for a while.
         *
         * @throws GitLockedException if the lock file stays
         * @throws GitCommandException if git cannot be started, runs out of time, or ends with a code not accepted
         */
        public Result run() {
            List<String> argv = argv();
            long start = System.nanoTime();
            Result result = once(argv);
            for (long pause = FIRST_PAUSE;
                    result.lockFile().isPresent()
                            && System.nanoTime() - start < LOCK_PATIENCE
                            && !Thread.currentThread().isInterrupted();
                    pause = Math.min(2 * pause, LONGEST_PAUSE)) {
                LockSupport.parkNanos(pause);
                result = once(argv);
            }
            if (accepted.contains(result.exitCode())) {
                return result;
            }
            GitCommandException failure = new GitCommandException(
                    "git failed with exit code " + result.exitCode(),
                    argv,
                    directory,
                    result.exitCode(),
                    tail(result.error()));
            throw result.lockFile()
                    .<GitCommandException>map(lock -> new GitLockedException(Path.of(lock), failure))
                    .orElse(failure);
        }

        /** Runs it beside what the caller does next; {@link #result} waits for it. */
        CompletableFuture<Result> beside() {
            return CompletableFuture.supplyAsync(this::run, READERS);
        }

        private Result once(List<String> argv) {
            Process process = start(argv, ProcessBuilder.Redirect.PIPE);
            CompletableFuture<byte[]> out = read(process.getInputStream());
            CompletableFuture<byte[]> error = read(process.getErrorStream());
            CompletableFuture<Void> fed = feed(process.getOutputStream());
            int exitCode = await(process, argv, error);
            fed.join();
            return new Result(exitCode, bytes(out), new String(bytes(error), StandardCharsets.UTF_8));
        }

        /** Starts the command for a conversation over its pipes; standard error is dropped. The caller ends it. */
        Process start() {
            return start(argv(), ProcessBuilder.Redirect.DISCARD);
        }

        private List<String> argv() {
            List<String> argv = new ArrayList<>();
            argv.add("git");
            argv.addAll(where);
            argv.addAll(GUARDS);
            argv.addAll(configuration);
            argv.addAll(arguments);
            return argv;
        }

        private Process start(List<String> argv, ProcessBuilder.Redirect error) {
            ProcessBuilder builder =
                    new ProcessBuilder(argv).directory(directory.toFile()).redirectError(error);
            builder.environment()
                    .keySet()
                    .removeIf(name -> GitRepository.ENVIRONMENT.contains(name) || name.startsWith("GIT_TRACE"));
            builder.environment()
                    .putAll(Map.of("GIT_OPTIONAL_LOCKS", "0", "GIT_TERMINAL_PROMPT", "0", "LC_ALL", "C", "LANG", "C"));
            builder.environment().put(HostProcess.VARIABLE, HostProcess.self());
            if (offline) {
                builder.environment().put("GIT_ALLOW_PROTOCOL", "none");
            }
            builder.environment().putAll(commonDirectory);
            builder.environment().putAll(environment);
            try {
                return builder.start();
            } catch (IOException e) {
                GitCommandException failure = new GitCommandException(
                        Files.isDirectory(directory)
                                ? "the git program cannot be started (is it installed and on the PATH?)"
                                : "git cannot be started in a directory that is not there",
                        argv,
                        directory,
                        GitCommandException.NO_EXIT_CODE,
                        String.valueOf(e.getMessage()));
                failure.initCause(e);
                throw failure;
            }
        }

        private int await(Process process, List<String> argv, CompletableFuture<byte[]> error) {
            long start = System.nanoTime();
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        long left = timeLimit.toNanos() - (System.nanoTime() - start);
                        if (process.waitFor(left, TimeUnit.NANOSECONDS)) {
                            return process.exitValue();
                        }
                        end(process);
                        throw new GitCommandException(
                                "git ran out of its time limit of " + timeLimit,
                                argv,
                                directory,
                                GitCommandException.NO_EXIT_CODE,
                                tail(new String(bytes(error), StandardCharsets.UTF_8)));
                    } catch (InterruptedException e) {
                        interrupted = true;
                        if (interruptible) {
                            end(process);
                            throw new GitCommandException(
                                    "interrupted while git ran", argv, directory, GitCommandException.NO_EXIT_CODE, "");
                        }
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private CompletableFuture<Void> feed(OutputStream stdin) {
            if (input.length == 0) {
                close(stdin);
                return CompletableFuture.completedFuture(null);
            }
            return CompletableFuture.runAsync(
                    () -> {
                        try (stdin) {
                            new ByteArrayInputStream(input).transferTo(stdin);
                        } catch (IOException e) {
                            // git ended before it had read all: its exit code and its stderr tell why
                        }
                    },
                    READERS);
        }
    }

    /** Asks git to end, whereupon it takes away its lock files and what it half made; kills it if it does not. */
    private static void end(Process process) {
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

    /** The result of a command that {@linkplain Command#beside() ran beside}, or its failure. */
    static Result result(CompletableFuture<Result> running) {
        try {
            return running.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** What waits for a process's output may block, so it has threads of its own. */
    static <T> CompletableFuture<T> waiting(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, READERS);
    }

    private static void close(OutputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // nobody reads it any more
        }
    }

    private static CompletableFuture<byte[]> read(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return stream.readAllBytes();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                READERS);
    }

    private static byte[] bytes(CompletableFuture<byte[]> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw new WorktreeException("git's output could not be read: " + e.getCause(), e);
        }
    }

    private static String tail(String text) {
        return text.length() <= STDERR_TAIL ? text : text.substring(text.length() - STDERR_TAIL);
    }

    /**
     * What a command printed.
     *
     * @param exitCode its exit code
     * @param bytes its standard output
     * @param error its standard error
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Result(int exitCode, byte[] bytes, String error) {
        /** The lock file that another process held, if that is why git failed. */
        public Optional<String> lockFile() {
            Matcher matcher = LOCK_HELD.matcher(error);
            return exitCode != 0 && matcher.find()
                    ? Optional.of(matcher.group(1) == null ? matcher.group(2) + ".lock" : matcher.group(1))
                    : Optional.empty();
        }

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** The whole output without its last line break. */
        public String line() {
            return text().stripTrailing();
        }

        public List<String> lines() {
            return text().lines().toList();
        }

        public List<String> nulSeparated() {
            String text = text();
            return text.isEmpty() ? List.of() : Arrays.asList(text.split("\0", -1));
        }
    }
}
