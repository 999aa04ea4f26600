package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.espalier.coordinator.FailureReason;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.TaskReport;
import io.github.espalier.coordinator.Wait;
import io.github.espalier.coordinator.WaitReason;
import io.github.espalier.resources.ResourceStatus;
import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.ConflictDetail;
import io.github.espalier.worktree.ConflictHunk;
import io.github.espalier.worktree.ConflictKind;
import io.github.espalier.worktree.ConflictLines;
import io.github.espalier.worktree.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The report's form, which other programs read: a change here is a change for them. */
class ReportJsonTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant END = Instant.parse("2026-01-02T03:14:05.5Z");

    @Test
    void writesEveryFieldOfATask() throws IOException {
        Conflict conflict = new Conflict(
                "src/Ä.java",
                ConflictKind.MODIFY_DELETE,
                Optional.of(new Side("src/Ä.java", "100644", "b0")),
                Optional.of(new Side("src/Ä.java", "100755", "b1")),
                Optional.empty());
        ConflictDetail detail = new ConflictDetail(
                conflict,
                List.of(new ConflictHunk(
                        new ConflictLines(1, 1, List.of("old"), List.of()),
                        new ConflictLines(1, 1, List.of("new"), List.of("c2")),
                        new ConflictLines(1, 0, List.of(), List.of("c3")))),
                List.of("c2"),
                List.of("c3", "c4"),
                "<<<<<<<",
                false);
        TaskReport task = new TaskReport(
                "a",
                "First",
                new TaskOutcome.Conflicted(
                        List.of(conflict), "1 path in conflict", List.of(detail), Map.of("c2", "r0/b", "c3", "a")),
                Optional.of("feature/a"),
                Optional.of(Path.of("/tmp/p-wta")),
                Optional.of("c0"),
                Optional.of("c1"),
                Optional.of("refs/espalier/rescue/r/a/1"),
                OptionalInt.of(0),
                Optional.of(Path.of("/tmp/log")),
                1,
                Optional.of(START),
                END,
                List.of(new Wait(START, END, new WaitReason(WaitReason.Kind.CONFLICT, "b holds src"))),
                List.of("a note"));

        assertThat(json(task)).isEqualTo(new ObjectMapper().readTree("""
                {"run": "r", "success": false, "target": "roadmap",
                 "startedAt": "2026-01-02T03:04:05Z", "endedAt": "2026-01-02T03:14:05.500Z",
                 "tasks": [{"id": "a", "title": "First", "outcome": "Conflicted",
                   "detail": "conflicted: 1 path in conflict", "branch": "feature/a", "worktree": "/tmp/p-wta",
                   "base": "c0", "commit": "c1", "landed": null, "rescue": "refs/espalier/rescue/r/a/1",
                   "held": null, "exitCode": 0, "log": "/tmp/log", "attempts": 1,
                   "startedAt": "2026-01-02T03:04:05Z", "endedAt": "2026-01-02T03:14:05.500Z",
                   "waits": [{"since": "2026-01-02T03:04:05Z", "until": "2026-01-02T03:14:05.500Z",
                     "reason": "b holds src", "kind": "CONFLICT"}],
                   "conflicts": [{"path": "src/Ä.java", "kind": "modify/delete",
                     "base": {"path": "src/Ä.java", "mode": "100644", "blob": "b0"},
                     "ours": {"path": "src/Ä.java", "mode": "100755", "blob": "b1"}, "theirs": null,
                     "hunks": [{
                       "base": {"start": 1, "count": 1, "lines": ["old"], "commits": []},
                       "ours": {"start": 1, "count": 1, "lines": ["new"],
                         "commits": [{"commit": "c2", "task": "r0/b"}]},
                       "theirs": {"start": 1, "count": 0, "lines": [], "commits": [{"commit": "c3", "task": "a"}]}}],
                     "ourCommits": [{"commit": "c2", "task": "r0/b"}],
                     "theirCommits": [{"commit": "c3", "task": "a"}, {"commit": "c4", "task": null}],
                     "patch": "<<<<<<<", "cut": false}],
                   "notes": ["a note"]}],
                 "resources": {"cpuPercent": 12.5, "memoryPercent": null, "freeDiskBytes": 4096}}"""));
    }

    @Test
    void writesNullForWhatDoesNotApply() throws IOException {
        JsonNode task =
                json(bare(new TaskOutcome.Skipped("b", "b did not land"))).at("/tasks/0");

        assertThat(Stream.of(
                        "branch",
                        "worktree",
                        "base",
                        "commit",
                        "landed",
                        "rescue",
                        "held",
                        "exitCode",
                        "log",
                        "startedAt"))
                .allSatisfy(field -> {
                    assertThat(task.has(field)).as(field).isTrue();
                    assertThat(task.get(field).isNull()).as(field).isTrue();
                });
        assertThat(task.get("waits")).isEmpty();
        assertThat(task.get("conflicts")).isEmpty();
        assertThat(task.get("notes")).isEmpty();
    }

    @Test
    void writesAConflictOfWhichNothingMoreIsKnown() throws IOException {
        Conflict conflict =
                new Conflict("f", ConflictKind.CONTENT, Optional.empty(), Optional.empty(), Optional.empty());

        JsonNode json =
                json(bare(new TaskOutcome.Conflicted(List.of(conflict), "f"))).at("/tasks/0/conflicts/0");

        assertThat(json).isEqualTo(new ObjectMapper().readTree("""
                {"path": "f", "kind": "content", "base": null, "ours": null, "theirs": null,
                 "hunks": [], "ourCommits": [], "theirCommits": [], "patch": null, "cut": null}"""));
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of("Landed", new TaskOutcome.Landed("c", "t")),
                Arguments.of("Conflicted", new TaskOutcome.Conflicted(List.of(), "no fast-forward")),
                Arguments.of("VerificationFailed", new TaskOutcome.VerificationFailed("exit code 1", Optional.empty())),
                Arguments.of("InstanceFailed", new TaskOutcome.InstanceFailed(FailureReason.KILLED, "signal 9")),
                Arguments.of("TimedOut", new TaskOutcome.TimedOut(Duration.ofMinutes(30))),
                Arguments.of("Cancelled", new TaskOutcome.Cancelled()),
                Arguments.of("Held", new TaskOutcome.Held("refs/espalier/held/x", "c", Path.of("/p"), "edited")),
                Arguments.of("NothingToLand", new TaskOutcome.NothingToLand()),
                Arguments.of("Skipped", new TaskOutcome.Skipped("b", "b did not land")));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void namesOutcomesInTheirOwnWords(String word, TaskOutcome outcome) throws IOException {
        JsonNode report = json(bare(outcome));

        assertThat(report.at("/tasks/0/outcome").asText()).isEqualTo(word);
        assertThat(report.at("/tasks/0/detail").asText()).isEqualTo(outcome.describe());
        assertThat(report.get("success").booleanValue()).isEqualTo(word.equals("Landed"));
        assertThat(report.at("/tasks/0/landed").isNull()).isNotEqualTo(word.equals("Landed"));
        assertThat(report.at("/tasks/0/held").asText())
                .isEqualTo(word.equals("Held") ? "refs/espalier/held/x" : "null");
    }

    private static TaskReport bare(TaskOutcome outcome) {
        return new TaskReport(
                "a",
                "",
                outcome,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                END,
                List.of(),
                List.of());
    }

    /** Through text and back, as a reader has it. */
    private static JsonNode json(TaskReport task) throws IOException {
        ResourceStatus resources = new ResourceStatus(
                OptionalDouble.of(12.5),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalLong.of(4096),
                OptionalDouble.empty(),
                0,
                Optional.empty(),
                Optional.empty());
        RunReport report = new RunReport("r", "roadmap", START, END, List.of(task), resources);
        return new ObjectMapper().readTree(JsonText.of(ReportJson.of(report)));
    }
}
