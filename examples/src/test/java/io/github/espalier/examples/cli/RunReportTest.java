package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code run --report} writes after real runs. */
class RunReportTest extends CliTest {
    @Test
    void tellsOfTasksThatLanded() {
        String tasks = host.file("tasks.json", """
                [{"id": "a", "title": "First", "files": ["src/App.java"]},
                 {"id": "b", "files": ["src/App.java"]}]""");
        String main = host.repository().resolve("main");
        Instant before = Instant.now();

        JsonNode report = host.report(
                0,
                "--tasks",
                tasks,
                "--agent",
                host.agent("echo $1; echo \"// $1\" >> src/App.java; git commit -qam x\n"));

        assertThat(report.get("success").booleanValue()).isTrue();
        assertThat(report.get("target").asText()).isEqualTo("roadmap");
        assertThat(Instant.parse(report.get("startedAt").asText()))
                .isBetween(before, Instant.parse(report.get("endedAt").asText()));
        JsonNode first = report.at("/tasks/0");
        assertThat(first.get("id").asText()).isEqualTo("a");
        assertThat(first.get("title").asText()).isEqualTo("First");
        assertThat(first.get("outcome").asText()).isEqualTo("Landed");
        assertThat(first.get("branch").asText()).isEqualTo("feature/a");
        assertThat(first.get("base").asText()).isEqualTo(main);
        assertThat(first.get("exitCode").intValue()).isZero();
        assertThat(first.get("attempts").intValue()).isOne();
        assertThat(first.get("rescue").isNull()).isTrue();
        assertThat(first.get("held").isNull()).isTrue();
        assertThat(Path.of(first.get("log").asText())).hasContent("a");
        assertThat(host.repository()
                        .git("log", "-1", "--format=%P", first.get("landed").asText()))
                .isEqualTo(main + " " + first.get("commit").asText());
        JsonNode second = report.at("/tasks/1");
        assertThat(second.get("base")).isEqualTo(first.get("landed"));
        assertThat(second.at("/waits/0/kind").asText()).isEqualTo("CONFLICT");
        assertThat(second.at("/waits/0/reason").asText()).contains("src/App.java");
        assertThat(Instant.parse(second.at("/waits/0/since").asText()))
                .isBefore(Instant.parse(second.at("/waits/0/until").asText()));
    }

    @Test
    void tellsOfATaskThatConflicted() {
        String tasks = host.file("tasks.json", "[{\"id\": \"a\", \"files\": [\"a\"]}]");
        String agent = host.agent("""
                echo "// of somebody else" >> src/App.java && git commit -qam 'Be quicker'
                git update-ref refs/heads/roadmap HEAD && git reset -q --hard HEAD~1
                echo "// $1" >> src/App.java && git commit -qam "$1"
                """);

        JsonNode report = host.report(1, "--tasks", tasks, "--agent", agent);

        assertThat(report.get("success").booleanValue()).isFalse();
        JsonNode task = report.at("/tasks/0");
        assertThat(task.get("outcome").asText()).isEqualTo("Conflicted");
        assertThat(task.get("landed").isNull()).isTrue();
        assertThat(Path.of(task.get("worktree").asText())).isEqualTo(folder.resolve("project-wta"));
        assertThat(task.get("commit").asText()).isEqualTo(host.repository().resolve("feature/a"));
        JsonNode conflict = task.at("/conflicts/0");
        assertThat(conflict.get("path").asText()).isEqualTo("src/App.java");
        assertThat(conflict.get("kind").asText()).isEqualTo("content");
        assertThat(conflict.at("/theirs/blob").asText())
                .isEqualTo(host.repository().resolve("feature/a:src/App.java"));
        assertThat(conflict.at("/ours/blob").asText())
                .isEqualTo(host.repository().resolve("roadmap:src/App.java"));
    }

    @Test
    void tellsOfTasksThatNeverBegan() {
        String tasks = host.file(
                "tasks.json",
                "[{\"id\": \"a\", \"files\": [\"a\"]}, {\"id\": \"b\", \"files\": [\"b\"], \"dependsOn\": [\"a\"]}]");

        JsonNode report = host.report(1, "--tasks", tasks, "--agent", host.agent("exit 7\n"));

        assertThat(report.at("/tasks/0/exitCode").intValue()).isEqualTo(7);
        JsonNode task = report.at("/tasks/1");
        assertThat(task.get("outcome").asText()).isEqualTo("Skipped");
        assertThat(List.of("branch", "worktree", "base", "commit", "landed", "rescue", "exitCode", "log", "startedAt"))
                .allSatisfy(field -> assertThat(task.get(field).getNodeType()).isEqualTo(JsonNodeType.NULL));
    }

    @Test
    void replacesAnOlderReport() {
        host.file("report.json", "old");

        JsonNode report = host.report(
                1, "--tasks", host.file("tasks.json", "[{\"id\": \"a\"}]"), "--agent", host.agent("exit 0\n"));

        assertThat(report.at("/tasks/0/outcome").asText()).isEqualTo("NothingToLand");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith("tmp"));
    }

    @Test
    void saysThatTheReportCouldNotBeWritten() {
        String report = host.file("reports/keep", "").replace("/keep", "/report.json");
        String agent = host.agent("echo a > a && rm -r '" + folder.resolve("reports") + "'\n");

        CliHost.Outcome outcome = host.run("--tasks", tasks("a"), "--agent", agent, "--report", report);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains("1 of 1 landed");
        assertThat(outcome.err().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("espalier: the run is over, but its report could not be written to " + report));
    }

    @Test
    void tellsOfATitleThatIsNoUnicode() {
        String tasks = host.file("tasks.json", "[{\"id\": \"a\", \"title\": \"x\\ud800y\", \"files\": [\"a\"]}]");

        JsonNode report = host.report(0, "--tasks", tasks, "--agent", host.agent("echo a > a\n"));

        assertThat(report.at("/tasks/0/title").asText()).isEqualTo("x?y");
    }

    private String tasks(String id) {
        return host.file("tasks.json", "[{\"id\": \"" + id + "\", \"files\": [\"" + id + "\"]}]");
    }
}
