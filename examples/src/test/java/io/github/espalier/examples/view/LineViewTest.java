package io.github.espalier.examples.view;

import static io.github.espalier.examples.view.Statuses.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.WaitReason;
import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.ConflictDetail;
import io.github.espalier.worktree.ConflictHunk;
import io.github.espalier.worktree.ConflictKind;
import io.github.espalier.worktree.ConflictLines;
import io.github.espalier.worktree.Side;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineViewTest {
    private final StringWriter written = new StringWriter();
    private final LineView view = new LineView(new PrintWriter(written));

    @Test
    void printsALineAnEvent() {
        WaitReason reason = new WaitReason(WaitReason.Kind.SLOT, "all 2 places are taken");
        view.onEvent(new RunEvent.RunStarted(START, "r", List.of("a", "b")));
        view.onEvent(new RunEvent.TaskWaiting(START, "b", reason));
        view.onEvent(new RunEvent.WorktreeReady(START, "a", 1, Path.of("/p-wta"), "feature/a", "0123456789abcdef"));
        view.onEvent(new RunEvent.WorkCommitted(START, "a", "0123456789abcdef"));
        view.onEvent(new RunEvent.WorkRescued(START, "a", "refs/espalier/rescue/r/a/1"));
        view.onEvent(new RunEvent.LandingStarted(START, "a", "0123456789abcdef"));
        view.onEvent(new RunEvent.VerificationStarted(START, "a", "0123456789abcdef"));
        view.onEvent(new RunEvent.VerificationEnded(START, "a", false, List.of()));
        view.onEvent(new RunEvent.Noted(START, "a", "took another branch"));
        view.onEvent(new RunEvent.TaskFinished(START, "a", new TaskOutcome.Cancelled()));
        view.onEvent(new RunEvent.RunFinished(START, "r", false));

        assertThat(written.toString().lines())
                .allMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d .*"))
                .extracting(line -> line.substring(9))
                .containsExactly(
                        "run r begins: 2 tasks",
                        "b: waits: all 2 places are taken",
                        "a: worktree /p-wta on feature/a from 0123456789",
                        "a: committed what was left uncommitted as 0123456789",
                        "a: rescued to refs/espalier/rescue/r/a/1",
                        "a: lands on 0123456789",
                        "a: verifies 0123456789",
                        "a: verification failed",
                        "a: note: took another branch",
                        "a: cancelled",
                        "run r is over");
    }

    @Test
    void namesTheLinesInWhichTwoAgentsGetInEachOthersWay() {
        Side side = new Side("src/App.java", "100644", "1".repeat(40));
        Conflict app = new Conflict(
                "src/App.java", ConflictKind.CONTENT, Optional.of(side), Optional.of(side), Optional.of(side));
        Conflict gone = new Conflict(
                "docs/a.md", ConflictKind.MODIFY_DELETE, Optional.of(side), Optional.of(side), Optional.empty());
        List<ConflictHunk> hunks = IntStream.rangeClosed(1, 7)
                .mapToObj(i -> new ConflictHunk(lines(10 * i, 1), lines(10 * i, 3), lines(10 * i + 1, 0)))
                .toList();
        view.onEvent(new RunEvent.ConflictAhead(
                START,
                "a",
                "b",
                List.of(app, gone),
                List.of(
                        new ConflictDetail(app, hunks, List.of(), List.of(), "", false),
                        new ConflictDetail(gone, List.of(), List.of(), List.of(), "", false))));
        view.onEvent(new RunEvent.ConflictAhead(START, "a", "b", List.of(gone), List.of()));
        view.onEvent(new RunEvent.ConflictAhead(START, "a", "b", List.of(), List.of()));
        view.onEvent(new RunEvent.FootprintExceeded(START, "a", List.of("x", "y")));
        view.onEvent(new RunEvent.TaskSetBack(START, "b", "a"));

        assertThat(written.toString().lines())
                .extracting(line -> line.substring(9))
                .containsExactly(
                        "a: will conflict with b: src/App.java:10-12/11, 20-22/21, 30-32/31, 40-42/41, 50-52/51"
                                + " and 2 more; docs/a.md (modify/delete)",
                        "a: will conflict with b: docs/a.md (modify/delete)",
                        "a: goes together with b again",
                        "a: works on what its task does not name: x, y",
                        "b: is stopped in favour of a, and done again after it");
    }

    private static ConflictLines lines(int start, int count) {
        return new ConflictLines(start, count, List.of(), List.of());
    }

    @Test
    void keepsAnEventInItsLine() {
        view.onEvent(new RunEvent.Noted(START, "a\nb", "first\r\nsecond\u001b[2J" + "x".repeat(1000)));

        assertThat(written.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("a b: note: first  second?[2Jxxx")
                        .endsWith("...")
                        .hasSizeLessThan(530));
    }

    @Test
    void addsNothingAtTheEnd() {
        view.finish();
        view.close();

        assertThat(written.toString()).isEmpty();
    }
}
