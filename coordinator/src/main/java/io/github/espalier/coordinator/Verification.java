package io.github.espalier.coordinator;

import io.github.espalier.coordinator.internal.CheckedVerification;
import io.github.espalier.coordinator.internal.CommandVerification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Decides whether a merged tree may be published. Thread-safe: several trees may be verified at once, each in a worktree of
 * its own.
 *
 * <pre>{@code
 * Verification.of(
 *     Check.command("compile", "mvn", "-q", "test-compile"),
 *     Check.command("tests", "mvn", "-q", "verify").timeLimit(Duration.ofMinutes(20)).retries(1));
 * }</pre>
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
        return command(Check.DEFAULT_TIME_LIMIT, List.of(argv));
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
     * Runs named checks one after the other, all of them whatever the others came to. It passes if each one passes.
     *
     * @param checks at least one, with names of their own
     * @return the verification
     * @throws IllegalArgumentException if there is none, or two share a name
     */
    static Verification of(Check... checks) {
        return new CheckedVerification(List.of(checks));
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
     * @param checks what each named check came to; empty where there are none
     */
    record Verdict(boolean passed, String reason, List<CheckResult> checks) {
        /**
         * Copies the list.
         *
         * @param passed as for the record
         * @param reason as for the record
         * @param checks as for the record
         */
        public Verdict {
            checks = List.copyOf(checks);
        }

        /**
         * A verdict without named checks.
         *
         * @param passed whether the tree may be published
         * @param reason in a few words
         */
        public Verdict(boolean passed, String reason) {
            this(passed, reason, List.of());
        }
    }
}
