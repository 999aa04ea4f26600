package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options of {@code run} change. */
class RunOptionsTest extends CliTest {
    private static final String TWO_COMMITS = """
            echo 1 > "$1-1.txt" && git add -A && git commit -qm "$1: one" &&
            echo 2 > "$1-2.txt" && git add -A && git commit -qm "$1: two"
            """;

    @ParameterizedTest
    @CsvSource({
        "merge,  'Land a|a: two|a: one'",
        "squash, 'Land a'",
        "rebase, 'a: two|a: one'",
        "ff,     'a: two|a: one'",
        "FF,     'a: two|a: one'",
    })
    void landsByAStrategy(String strategy, String subjects) {
        String main = host.repository().resolve("main");

        JsonNode task = host.report(0, "--tasks", one(), "--agent", host.agent(TWO_COMMITS), "--strategy", strategy)
                .at("/tasks/0");

        assertThat(host.repository()
                        .git("log", "--format=%s", main + "..roadmap")
                        .lines())
                .containsExactly(subjects.split("\\|", -1));
        assertThat(task.get("landed").asText()).isEqualTo(host.repository().resolve("roadmap"));
        assertThat(host.onTarget("a-2.txt")).isEqualTo("2");
    }

    @Test
    void refusesToMergeWhereOnlyAFastForwardIsAllowed() {
        String agent = host.agent("""
                git commit -q --allow-empty -m 'of somebody else' && git update-ref refs/heads/roadmap HEAD
                git reset -q --hard HEAD~1 && echo 1 > a-1.txt
                """);

        JsonNode task = host.report(1, "--tasks", one(), "--agent", agent, "--strategy", "ff")
                .at("/tasks/0");

        assertThat(task.get("outcome").asText()).isEqualTo("Conflicted");
        assertThat(task.get("conflicts")).isEmpty();
        assertThat(host.repository().git("log", "-1", "--format=%s", CliHost.TARGET))
                .isEqualTo("of somebody else");
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "rescue"})
    void treatsUncommittedWorkAsAsked(String policy) {
        String agent = host.agent("echo 1 > one && git add one && git commit -qm one && echo 2 > two\n");

        JsonNode task = host.report(0, "--tasks", one(), "--agent", agent, "--uncommitted", policy)
                .at("/tasks/0");

        boolean committed = policy.equals("commit");
        String files = host.repository().git("ls-tree", "--name-only", CliHost.TARGET);
        assertThat(files.lines()).contains("one");
        assertThat(files.lines().anyMatch("two"::equals)).isEqualTo(committed);
        assertThat(task.get("rescue").isNull()).isEqualTo(committed);
        if (!committed) {
            assertThat(host.repository().git("show", task.get("rescue").asText() + ":two"))
                    .isEqualTo("2");
        }
    }

    @Test
    void landsWhatPassesTheVerification() {
        String check = "sh " + host.file("check.sh", "test -f src/App.java && test \"$(cat a-2.txt)\" = 2\n");

        CliHost.Outcome outcome = host.run("--tasks", one(), "--agent", host.agent(TWO_COMMITS), "--verify", check)
                .ended(0);

        assertThat(outcome.out()).contains("verification passed", "1 of 1 landed");
    }

    @Test
    void landsNothingThatFailsTheVerification() {
        String check = "sh " + host.file("check.sh", "echo 'this is not right'; exit 3\n");
        String before = host.repository().resolve(CliHost.TARGET);

        CliHost.Outcome outcome = host.run("--tasks", one(), "--agent", host.agent(TWO_COMMITS), "--verify", check)
                .ended(1);

        assertThat(outcome.out())
                .contains("verification failed: ", "0 of 1 landed")
                .containsPattern("(?m)^  branch    feature/a$");
        assertThat(outcome.out()
                        .lines()
                        .filter(line -> line.startsWith("  verified  see "))
                        .map(line -> Path.of(line.substring("  verified  see ".length()))))
                .singleElement()
                .satisfies(log -> assertThat(log).content().contains("this is not right"));
        assertThat(host.repository().resolve(CliHost.TARGET)).isEqualTo(before);
    }

    @Test
    void endsAnAgentAtItsTimeLimitWithAllItStarted() {
        String mark = "600." + Math.floorMod(folder.hashCode(), 1_000_000);
        String agent = host.agent("echo half > half.txt\nsleep " + mark + " &\nexec sleep " + mark + "\n");

        JsonNode task = host.report(1, "--tasks", one(), "--agent", agent, "--timeout", "500ms")
                .at("/tasks/0");

        assertThat(task.get("outcome").asText()).isEqualTo("TimedOut");
        assertThat(task.get("detail").asText()).isEqualTo("timed out after PT0.5S");
        assertThat(host.repository().git("show", task.get("rescue").asText() + ":half.txt"))
                .isEqualTo("half");
        Awaitility.await()
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(process ->
                                process.info().commandLine().orElse("").endsWith("sleep " + mark)));
    }

    @Test
    void takesMoreInstancesThanThreeWhereTheCeilingIsRaised() {
        host.run("--tasks", one(), "--agent", host.agent(TWO_COMMITS), "--max-instances", "4", "--ceiling", "4")
                .ended(0);
    }

    private String one() {
        return host.file("tasks.json", "[{\"id\": \"a\", \"files\": [\"a-1.txt\", \"a-2.txt\", \"half.txt\"]}]");
    }
}
