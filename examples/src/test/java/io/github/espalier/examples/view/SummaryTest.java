package io.github.espalier.examples.view;

import static io.github.espalier.examples.view.Statuses.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.FailureReason;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.TaskReport;
import io.github.espalier.resources.ResourceStatus;
import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.ConflictKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SummaryTest {
    private static final Path LOG = Path.of("/logs/a.log");

    @Test
    void namesTheWorkThatLandedAndItsLog() {
        assertThat(summary(task(new TaskOutcome.Landed("c1", "t1")))).isEqualTo("""
                a Title
                  outcome   landed as c1
                  work      c0
                  log       /logs/a.log
                  note      a note
                1 of 1 landed on roadmap in 42 s (run r)
                """);
    }

    @Test
    void namesWhatRemainsOfWorkThatDidNot() {
        TaskOutcome failed = new TaskOutcome.InstanceFailed(FailureReason.EXIT_CODE, "exit code 3");

        assertThat(summary(task(failed))).isEqualTo("""
                a Title
                  outcome   instance failed: exit code 3
                  log       /logs/a.log
                  note      a note
                  branch    feature/a
                  worktree  /p-wta
                  rescue    refs/espalier/rescue/r/a/1
                  next      see its log; what it had not committed is in: git show --stat refs/espalier/rescue/r/a/1
                0 of 1 landed on roadmap in 42 s (run r)
                """);
    }

    @Test
    void listsConflictsAndHowManyMoreThereAre() {
        List<Conflict> conflicts = IntStream.range(0, 13)
                .mapToObj(number -> new Conflict(
                        "path\t" + number, ConflictKind.CONTENT, Optional.empty(), Optional.empty(), Optional.empty()))
                .toList();

        assertThat(summary(task(new TaskOutcome.Conflicted(conflicts, "13 paths")))
                        .lines())
                .contains(
                        "  conflict  path 0 (content)", "  conflict  path 9 (content)", "  conflict  and 3 more paths")
                .doesNotContain("  conflict  path 10 (content)");
    }

    static Stream<Arguments> remedies() {
        return Stream.of(
                Arguments.of(new TaskOutcome.Conflicted(List.of(), "x"), "merge the target into the branch"),
                Arguments.of(
                        new TaskOutcome.VerificationFailed("x", Optional.of(Path.of("/v.log"))),
                        "read the log of the verification"),
                Arguments.of(
                        new TaskOutcome.Held("refs/espalier/held/x", "c", Path.of("/p"), "edited"),
                        "commit or put away the edits in /p; the next run on this target lands it, or: git merge"
                                + " refs/espalier/held/x"),
                Arguments.of(new TaskOutcome.Skipped("b", "x"), "land b first, then run this task"),
                Arguments.of(new TaskOutcome.NothingToLand(), "see its log for why it changed nothing"),
                Arguments.of(
                        new TaskOutcome.TimedOut(Duration.ofMinutes(30)), "see its log; what it had not committed"),
                Arguments.of(new TaskOutcome.Cancelled(), "see its log; what it had not committed"));
    }

    @ParameterizedTest
    @MethodSource("remedies")
    void saysWhatToDo(TaskOutcome outcome, String remedy) {
        assertThat(summary(task(outcome)))
                .contains("  outcome   " + outcome.describe() + "\n", "  next      " + remedy);
    }

    @Test
    void keepsHostileTextInItsLine() {
        String summary = summary(task(new TaskOutcome.InstanceFailed(FailureReason.LAUNCH, "\u001b[2J\nfake: landed")));

        assertThat(summary)
                .contains("  outcome   instance failed: ?[2J fake: landed\n")
                .doesNotContain("\u001b");
    }

    private static TaskReport task(TaskOutcome outcome) {
        return new TaskReport(
                "a",
                "Title",
                outcome,
                Optional.of("feature/a"),
                Optional.of(Path.of("/p-wta")),
                Optional.empty(),
                Optional.of("c0"),
                outcome.success() ? Optional.empty() : Optional.of("refs/espalier/rescue/r/a/1"),
                OptionalInt.empty(),
                Optional.of(LOG),
                1,
                Optional.of(START),
                START,
                List.of(),
                List.of("a note"));
    }

    private static String summary(TaskReport task) {
        ResourceStatus unknown = new ResourceStatus(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                0,
                Optional.empty(),
                Optional.empty());
        StringWriter written = new StringWriter();
        RunReport report = new RunReport("r", "roadmap", START, START.plusSeconds(42), List.of(task), unknown);
        new Summary(new Style(false), new PrintWriter(written)).print(report);
        return written.toString();
    }
}
