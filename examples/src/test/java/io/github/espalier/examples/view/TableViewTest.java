package io.github.espalier.examples.view;

import static io.github.espalier.examples.view.Statuses.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.TaskStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TableViewTest {
    private static final String HEAD = "TASK                   STATE     LAST LINE, OR WHAT IT WAITS FOR";

    private final StringWriter written = new StringWriter();
    private volatile List<TaskStatus> tasks = List.of();
    private final TableView view = new TableView(
            Terminal.of(true, Map.of("COLUMNS", "70", "LINES", "10")),
            new PrintWriter(written),
            Clock.fixed(START.plusSeconds(9), ZoneOffset.UTC));

    @Test
    void drawsAnewInPlace() {
        tasks = List.of(Statuses.running("a", "one", Duration.ZERO, 1), Statuses.waiting("b"));
        view.show(() -> tasks);
        awaitScreen(
                HEAD,
                "a Title of a           running   one",
                "b Title of b           waiting   waits for us-1 to land",
                "");

        tasks = List.of(Statuses.landed("a"), Statuses.running("b", "two", Duration.ZERO, 1));
        awaitScreen(
                HEAD, "a Title of a           landed    landed as c0ffee", "b Title of b           running   two", "");

        tasks = List.of(Statuses.landed("a"));
        awaitScreen(HEAD, "a Title of a           landed    landed as c0ffee", "");
        view.close();
    }

    @Test
    void showsTheLastStateAndNothingMore() {
        tasks = List.of(Statuses.waiting("a"));
        view.show(() -> tasks);
        tasks = List.of(Statuses.landed("a"));

        view.finish();

        String end = written.toString();
        assertThat(Screen.after(end)).contains("a Title of a           landed    landed as c0ffee");
        tasks = List.of(Statuses.failed("a"));
        view.finish();
        view.close();
        assertThat(written.toString()).isEqualTo(end);
    }

    @Test
    void printsNoLineForAnEvent() {
        view.onEvent(new RunEvent.TaskFinished(START, "a", new TaskOutcome.NothingToLand()));
        view.finish();

        assertThat(written.toString()).isEmpty();
    }

    private void awaitScreen(String... lines) {
        Awaitility.await()
                .atMost(1, TimeUnit.MINUTES)
                .untilAsserted(
                        () -> assertThat(Screen.after(written.toString())).containsExactly(lines));
    }
}
