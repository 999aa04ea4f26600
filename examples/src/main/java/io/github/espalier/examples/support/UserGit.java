package io.github.espalier.examples.support;

import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The git program as an agent or a user runs it in a checkout: with an identity of its own, because a machine may have none
 * configured, and without hooks, signing programs and prompts, which nobody is there to answer.
 *
 * @param directory where
 */
public record UserGit(Path directory) {
    private static final List<String> GUARDS = List.of(
            "-c", "user.name=Espalier Demo",
            "-c", "user.email=demo@espalier.invalid",
            "-c", "commit.gpgsign=false",
            "-c", "core.hooksPath=/dev/null",
            "-c", "core.fsmonitor=false",
            "-c", "core.quotePath=false",
            "-c", "gc.auto=0",
            "-c", "advice.detachedHead=false");

    /**
     * Runs git and returns what it printed, without the last line break.
     *
     * @param arguments what comes after {@code git}
     * @return its output
     * @throws IllegalStateException if it fails, with all that it printed
     */
    public String run(String... arguments) {
        return feed("", arguments);
    }

    /**
     * As {@link #run}, for a git that reads all its input before it prints.
     *
     * @param input what it reads
     * @param arguments what comes after {@code git}
     * @return its output
     * @throws IllegalStateException if it fails, with all that it printed
     */
    public String feed(String input, String... arguments) {
        List<String> argv = new ArrayList<>(List.of("git"));
        argv.addAll(GUARDS);
        argv.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(argv).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeAll(GitRepository.ENVIRONMENT);
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
        try {
            Process process = builder.start();
            feed(process, input);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException(
                        "git " + String.join(" ", arguments) + " ended with " + exitCode + ": " + output.strip());
            }
            return output.stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException("git cannot be started: install it and put it on the PATH", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void feed(Process process, String input) {
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended before it had read all; its exit code and output tell why.
        }
    }

    /**
     * Adds everything and commits it.
     *
     * @param message the message
     * @return the commit
     */
    public String commitAll(String message) {
        run("add", "--all");
        run("commit", "--quiet", "--no-verify", "--allow-empty", "-m", message);
        return run("rev-parse", "HEAD");
    }
}
