package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitLockedException;
import io.github.espalier.worktree.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One git command before it runs. Not thread-safe. */
public final class GitCommand {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(10);
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOCK_PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private static final String WORKERS = "4";
    private static final String PARALLEL_FROM = "1000";

    private final Path directory;
    private final List<String> where;
    private final List<String> arguments;
    private final List<String> configuration = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final List<Integer> accepted = new ArrayList<>(List.of(0));
    private byte[] input = {};
    private Duration timeLimit = TIME_LIMIT;
    private boolean interruptible = true;
    private boolean inBackground;
    private @Nullable ConfigurationSnapshot trusted;
    private Path gitDirectory;

    /**
     * A command.
     *
     * @param directory where it runs
     * @param where the options that name the repository
     * @param arguments the command and its arguments
     */
    GitCommand(Path directory, List<String> where, List<String> arguments) {
        this.directory = directory;
        this.gitDirectory = directory;
        this.where = List.copyOf(where);
        this.arguments = List.copyOf(arguments);
    }

    /** By this configuration and not by the one of the moment; not for {@link #start}. */
    void trusting(ConfigurationSnapshot configuration, Path ofDirectory) {
        trusted = configuration;
        gitDirectory = ofDirectory;
    }

    /** One more {@code -c key=value}. */
    public GitCommand config(String key, String value) {
        configuration.add("-c");
        configuration.add(key + "=" + value);
        return this;
    }

    /** More settings that win over the repository's. Not {@code -c}: a key may hold {@code =}. At most once. */
    public GitCommand config(Map<String, String> settings) {
        int count = 0;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            environment("GIT_CONFIG_KEY_" + count, setting.getKey());
            environment("GIT_CONFIG_VALUE_" + count++, setting.getValue());
        }
        return environment("GIT_CONFIG_COUNT", String.valueOf(count));
    }

    public GitCommand environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public GitCommand author(Identity identity) {
        return environment("GIT_AUTHOR_NAME", identity.name()).environment("GIT_AUTHOR_EMAIL", identity.email());
    }

    public GitCommand committer(Identity identity) {
        return environment("GIT_COMMITTER_NAME", identity.name()).environment("GIT_COMMITTER_EMAIL", identity.email());
    }

    public GitCommand input(String text) {
        return input(text.getBytes(StandardCharsets.UTF_8));
    }

    public GitCommand input(byte[] bytes) {
        input = bytes;
        return this;
    }

    /** Exit codes besides 0 that are an answer and no failure. */
    public GitCommand accept(Integer... exitCodes) {
        accepted.addAll(Arrays.asList(exitCodes));
        return this;
    }

    public GitCommand timeLimit(Duration limit) {
        timeLimit = limit;
        return this;
    }

    /**
     * An interrupt is left for later: for what must not be given up half way, as in somebody's checkout. The time limit
     * holds all the same.
     */
    public GitCommand uninterrupted() {
        interruptible = false;
        return this;
    }

    /**
     * At a low priority, so that agents and what they wait for go first where processors are few. Not for what holds a lock
     * that others wait for.
     */
    public GitCommand inBackground() {
        inBackground = true;
        return this;
    }

    /**
     * For a checkout that may write many files: from {@link #PARALLEL_FROM} on several processes write them, unless the
     * configuration that is trusted says how. To be asked for after {@link #trusting}.
     *
     * <p>Just after deletions, when a run makes its next worktree, four processes took 0.13 of the time of one with 10,000
     * files, and 0.66 with 1,000; on a file system at rest half of it, or as long (docs/performance.md).
     */
    public GitCommand writingManyFiles() {
        if (trusted == null || !trusted.configures("checkout.workers")) {
            config("checkout.workers", WORKERS);
            config("checkout.thresholdForParallelism", PARALLEL_FROM);
        }
        return this;
    }

    /**
     * Runs the command and waits for it. Where another process holds a lock file of git's, it tries again for a while.
     *
     * @throws GitLockedException if the lock file stays
     * @throws GitCommandException if git cannot be started, runs out of time, or ends with a code not accepted
     */
    public GitResult run() {
        ConfigurationSnapshot configuration = trusted;
        if (configuration == null) {
            return attempts();
        }
        try (ConfigurationSnapshot.Room room = room(configuration)) {
            Map<String, String> told = Map.copyOf(environment);
            environment.putAll(room.common().environment());
            for (Configuration.Setting setting : ConfigurationSnapshot.sparse(gitDirectory)) {
                config(setting.key(), setting.value().orElse("true"));
            }
            // where a command says itself where objects are to go, that holds
            Optional.ofNullable(told.get("GIT_OBJECT_DIRECTORY"))
                    .ifPresent(objects -> environment("GIT_OBJECT_DIRECTORY", objects));
            return attempts();
        }
    }

    private ConfigurationSnapshot.Room room(ConfigurationSnapshot configuration) {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= !interruptible && Thread.interrupted();
                try {
                    return configuration.room();
                } catch (IOException e) {
                    if (interruptible || !Thread.currentThread().isInterrupted()) {
                        throw noRoom(e);
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private GitCommandException noRoom(IOException cause) {
        GitCommandException failure = new GitCommandException(
                "git was not started, for its configuration has no room",
                argv(),
                directory,
                GitCommandException.NO_EXIT_CODE,
                String.valueOf(cause.getMessage()));
        failure.initCause(cause);
        return failure;
    }

    private GitResult attempts() {
        List<String> argv = argv();
        long start = System.nanoTime();
        GitResult result = once(argv);
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
        throw failure(argv, result);
    }

    private GitResult once(List<String> argv) {
        return GitProcess.start(argv, directory, environment, ProcessBuilder.Redirect.PIPE)
                .finish(input, timeLimit, interruptible);
    }

    private GitCommandException failure(List<String> argv, GitResult result) {
        GitCommandException failure = new GitCommandException(
                "git failed with exit code " + result.exitCode(),
                argv,
                directory,
                result.exitCode(),
                GitProcess.tail(result.error()));
        return result.lockFile()
                .<GitCommandException>map(lock -> new GitLockedException(Path.of(lock), failure))
                .orElse(failure);
    }

    /** Runs it beside what the caller does next; {@link GitResult#of} waits for it. */
    CompletableFuture<GitResult> beside() {
        return GitProcess.waiting(this::run);
    }

    /** Starts the command for a conversation over its pipes; standard error is dropped. The caller ends it. */
    Process start() {
        return GitProcess.start(argv(), directory, environment, ProcessBuilder.Redirect.DISCARD)
                .process();
    }

    private List<String> argv() {
        List<String> argv = new ArrayList<>();
        if (inBackground) {
            argv.addAll(LowPriority.PREFIX);
        }
        argv.add("git");
        argv.addAll(where);
        argv.addAll(GitGuards.ARGUMENTS);
        argv.addAll(configuration);
        argv.addAll(arguments);
        return argv;
    }
}
