package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CheckResult;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.Verification.Verdict;
import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.IntegrationOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What merges and verifications come to, in the words of reports. */
final class Verdicts {
    private Verdicts() {}

    /** A car of one landing that failed. */
    static LandingResult red(Car car, Verdict verdict) {
        return new LandingResult(
                new TaskOutcome.VerificationFailed(verdict.reason(), logOf(car, verdict)),
                LandingLine.Settled.NOTHING,
                flaky(verdict));
    }

    /** Of named checks the last log of the first one that failed. */
    private static Optional<Path> logOf(Car car, Verdict verdict) {
        return verdict.checks().stream()
                .filter(check -> !check.passed())
                .findFirst()
                .flatMap(check -> check.logs().stream().reduce((earlier, later) -> later))
                .or(() -> car.job().map(Verifier.Job::log))
                .filter(Files::exists);
    }

    /** A note for each check that failed and then passed on the same tree. */
    static List<String> flaky(Verdict verdict) {
        return verdict.checks().stream()
                .filter(CheckResult::flaky)
                .map(check -> "check " + check.name() + " is flaky: it passed at attempt " + check.attempts())
                .toList();
    }

    /** A merge that gave no commit. */
    static TaskOutcome unintegrated(IntegrationOutcome outcome) {
        if (outcome instanceof IntegrationOutcome.NothingToIntegrate) {
            return new TaskOutcome.NothingToLand();
        } else if (outcome instanceof IntegrationOutcome.Conflicted conflicted) {
            String at =
                    conflicted.atCommit().map(commit -> " at commit " + commit).orElse("");
            String paths = conflicted.conflicts().stream()
                    .map(Conflict::path)
                    .distinct()
                    .collect(Collectors.joining(", "));
            return new TaskOutcome.Conflicted(conflicted.conflicts(), paths + at);
        }
        return new TaskOutcome.Conflicted(List.of(), "the target has moved on, so it is no fast-forward");
    }
}
