package io.github.espalier.coordinator;

import io.github.espalier.coordinator.internal.CommandVerification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Decides whether a merged tree may be published. Thread-safe.
 */
@FunctionalInterface
public interface Verification {
    /**
     * Runs a command in a worktree that holds the merged tree; it passes if the exit code is 0 within half an hour.
     *
     * @param argv the program and its arguments; no shell reads them
     * @return the verification
     */
    static Verification command(String... argv) {
        return command(Duration.ofMinutes(30), List.of(argv));
    }

    /**
     * Runs a command in a worktree that holds the merged tree; it passes if the exit code is 0 in time.
     *
     * @param timeLimit after which it is stopped and has failed
     * @param argv the program and its arguments; no shell reads them
     * @return the verification
     */
    static Verification command(Duration timeLimit, List<String> argv) {
        return new CommandVerification(List.copyOf(argv), timeLimit);
    }

    /**
     * Verifies one merged tree.
     *
     * @param request the tree, checked out
     * @return the verdict; what is thrown counts as failed
     */
    Verdict verify(Request request);

    /**
     * A merged tree to verify.
     *
     * @param task the task whose work was merged last
     * @param directory a worktree of its own that holds the tree and nothing else
     * @param commit the commit that will be published if it passes
     * @param tree its tree
     * @param log a file for what the verification prints
     */
    record Request(String task, Path directory, String commit, String tree, Path log) {}

    /**
     * A verdict.
     *
     * @param passed whether the tree may be published
     * @param reason in a few words
     */
    record Verdict(boolean passed, String reason) {}
}
