package io.github.espalier.worktree.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a git command printed.
 *
 * @param exitCode its exit code
 * @param bytes its standard output
 * @param error its standard error
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record GitResult(int exitCode, byte[] bytes, String error) {
    private static final Pattern LOCK_HELD =
            Pattern.compile("Unable to create '(.+\\.lock)': File exists|could not lock config file (.+): File exists");

    /** The result of a command that {@linkplain GitCommand#beside() ran beside}, or its failure. */
    static GitResult of(CompletableFuture<GitResult> running) {
        try {
            return running.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

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
