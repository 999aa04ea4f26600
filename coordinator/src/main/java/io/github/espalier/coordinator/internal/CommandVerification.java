package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.LaunchException;
import io.github.espalier.coordinator.Verification;
import io.github.espalier.coordinator.internal.process.ManagedCommand;
import java.time.Duration;
import java.util.List;

/**
 * Verifies by a command.
 *
 * @param argv the program and its arguments
 * @param timeLimit after which it has failed
 */
public record CommandVerification(List<String> argv, Duration timeLimit) implements Verification {
    /**
     * Checks both.
     *
     * @throws LaunchException if no program is named
     * @throws IllegalArgumentException if the time limit is not more than zero
     */
    public CommandVerification {
        argv = List.copyOf(argv);
        if (argv.isEmpty()) {
            throw new LaunchException("", "no program was named; give a program and its arguments");
        }
        if (timeLimit.isZero() || timeLimit.isNegative()) {
            throw new IllegalArgumentException("timeLimit " + timeLimit + ": must be more than zero");
        }
    }

    @Override
    public Verdict verify(Request request) {
        ManagedCommand.Result result = ManagedCommand.run(argv, request.directory(), request.log(), timeLimit);
        return new Verdict(result.succeeded(), result.describe());
    }
}
