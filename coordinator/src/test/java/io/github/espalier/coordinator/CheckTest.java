package io.github.espalier.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What named checks come to, one attempt after the other. */
@Timeout(60)
class CheckTest {
    @TempDir
    Path folder;

    private CheckResult run(Check check) {
        Verification.Verdict verdict = Verification.of(check)
                .verify(new Verification.Request("task", folder, "commit", "tree", folder.resolve("verify-1.log")));
        assertThat(verdict.checks()).hasSize(1);
        assertThat(verdict.passed()).isEqualTo(verdict.checks().get(0).passed());
        return verdict.checks().get(0);
    }

    @Test
    void stopsEachAttemptAtItsTimeLimit() {
        Duration limit = Duration.ofMillis(100);

        CheckResult result = run(Check.command("slow", "sh", "-c", "echo begun; exec sleep 600")
                .timeLimit(limit)
                .retries(1));

        assertThat(result.passed()).isFalse();
        assertThat(result.attempts()).isEqualTo(2);
        assertThat(result.reason()).startsWith("stopped at its time limit of " + limit);
        assertThat(result.logs()).hasSize(2);
    }

    @Test
    void keepsALogOfEachAttempt() {
        CheckResult result =
                run(Check.command("third", "sh", "-c", "echo . >> tries; wc -l < tries; test $(wc -l < tries) = 3")
                        .retries(5));

        assertThat(result.passed()).isTrue();
        assertThat(result.flaky()).isTrue();
        assertThat(result.attempts()).isEqualTo(3);
        List<Path> logs = result.logs();
        assertThat(logs).doesNotHaveDuplicates().hasSize(3);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(logs.get(attempt - 1)).content().isEqualToIgnoringWhitespace(String.valueOf(attempt));
        }
    }

    @Test
    void isNotFlakyWhereNoAttemptPasses() {
        CheckResult result = run(Check.command("red", "false").retries(2));

        assertThat(result.passed()).isFalse();
        assertThat(result.flaky()).isFalse();
        assertThat(result.attempts()).isEqualTo(3);
    }
}
