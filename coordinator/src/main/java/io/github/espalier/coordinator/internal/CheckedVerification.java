package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.Check;
import io.github.espalier.coordinator.CheckResult;
import io.github.espalier.coordinator.Verification;
import io.github.espalier.coordinator.internal.process.ManagedCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Verifies by named checks, one after the other.
 *
 * @param checks at least one, with names of their own
 */
public record CheckedVerification(List<Check> checks) implements Verification {
    /**
     * Checks their number and names.
     *
     * @throws IllegalArgumentException if there is none, or two share a name
     */
    public CheckedVerification {
        checks = List.copyOf(checks);
        if (checks.isEmpty()) {
            throw new IllegalArgumentException("a verification needs a check; give at least one");
        }
        if (checks.stream().map(Check::name).distinct().count() < checks.size()) {
            throw new IllegalArgumentException("two checks share a name: "
                    + checks.stream().map(Check::name).collect(Collectors.joining(", ")));
        }
    }

    @Override
    public Verdict verify(Request request) {
        List<CheckResult> results = new ArrayList<>();
        for (Check check : checks) {
            results.add(run(check, request));
        }
        List<String> failed = results.stream()
                .filter(result -> !result.passed())
                .map(result -> result.name() + ": " + result.reason())
                .toList();
        return new Verdict(failed.isEmpty(), String.join("; ", failed), results);
    }

    private static CheckResult run(Check check, Request request) {
        List<Path> logs = new ArrayList<>();
        while (true) {
            String name = request.log().getFileName().toString().replaceFirst("\\.log$", "");
            Path log = request.log().resolveSibling(name + "-" + check.name() + "-" + (logs.size() + 1) + ".log");
            logs.add(log);
            ManagedCommand.Result result =
                    ManagedCommand.run(check.argv(), check.environment(), request.directory(), log, check.timeLimit());
            boolean last = result.succeeded()
                    || logs.size() > check.retries()
                    || Thread.currentThread().isInterrupted();
            if (last) {
                return new CheckResult(check.name(), result.succeeded(), logs.size(), result.describe(), logs);
            }
        }
    }
}
