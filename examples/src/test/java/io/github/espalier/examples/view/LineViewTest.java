package io.github.espalier.examples.view;

import static io.github.espalier.examples.view.Statuses.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.WaitReason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
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
