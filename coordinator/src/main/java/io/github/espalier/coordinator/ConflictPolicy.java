package io.github.espalier.coordinator;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What follows when a finished branch does not go together with the target: nothing, somebody resolves it, or the task is
 * done again from where the target is now. Whatever follows, the branch and its worktree stay until the task has landed.
 *
 * @param resolver resolves; {@link ConflictResolver#none}: nobody does; empty: the task is done again
 * @param attempts how often it may try, or how often the task is done again; 0: never
 * @param timeLimit how long one attempt at a resolution may take
 * @param alsoAllowed globs of paths that a resolution may change though they are not in conflict
 */
public record ConflictPolicy(
        Optional<ConflictResolver> resolver, int attempts, Duration timeLimit, List<String> alsoAllowed) {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    /**
     * Checks and copies.
     *
     * @param resolver as for the record
     * @param attempts as for the record
     * @param timeLimit as for the record
     * @param alsoAllowed as for the record
     * @throws IllegalArgumentException if attempts are negative or the time limit is not more than zero
     * @throws java.util.regex.PatternSyntaxException if a glob is none
     */
    public ConflictPolicy {
        alsoAllowed = List.copyOf(alsoAllowed);
        if (attempts < 0) {
            throw new IllegalArgumentException("attempts " + attempts + ": must not be negative");
        }
        if (timeLimit.isZero() || timeLimit.isNegative()) {
            throw new IllegalArgumentException("timeLimit " + timeLimit + ": must be more than zero");
        }
        alsoAllowed.forEach(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob));
    }

    /**
     * The task is {@link TaskOutcome.Conflicted}; its branch and worktree stay: {@link ConflictResolver#none} resolves it.
     * The default.
     *
     * @return the policy
     */
    public static ConflictPolicy keep() {
        return resolve(ConflictResolver.none());
    }

    /**
     * Somebody resolves it: once, in half an hour, changing only what is in conflict.
     *
     * @param resolver who
     * @return the policy
     */
    public static ConflictPolicy resolve(ConflictResolver resolver) {
        return new ConflictPolicy(Optional.of(resolver), 1, HALF_AN_HOUR, List.of());
    }

    /**
     * The task is done again, by another attempt from where the target is then.
     *
     * @param times at most so often
     * @return the policy
     */
    public static ConflictPolicy retryTask(int times) {
        return new ConflictPolicy(Optional.empty(), times, HALF_AN_HOUR, List.of());
    }

    /**
     * The same with another number of attempts.
     *
     * @param count zero or more
     * @return the policy
     */
    public ConflictPolicy attempts(int count) {
        return new ConflictPolicy(resolver, count, timeLimit, alsoAllowed);
    }

    /**
     * The same with another time limit.
     *
     * @param limit more than zero, for each attempt
     * @return the policy
     */
    public ConflictPolicy timeLimit(Duration limit) {
        return new ConflictPolicy(resolver, attempts, limit, alsoAllowed);
    }

    /**
     * The same with more paths that may change.
     *
     * @param globs as {@link java.nio.file.FileSystem#getPathMatcher} reads them, for example {@code docs/**}
     * @return the policy
     */
    public ConflictPolicy allow(String... globs) {
        return new ConflictPolicy(resolver, attempts, timeLimit, List.of(globs));
    }

    /**
     * Whether a resolution may change a path that is not in conflict.
     *
     * @param path from the root of the tree
     * @return true if a glob matches it
     */
    public boolean allows(String path) {
        try {
            Path file = Path.of(path);
            return alsoAllowed.stream()
                    .anyMatch(glob -> FileSystems.getDefault()
                            .getPathMatcher("glob:" + glob)
                            .matches(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
