package io.github.espalier.examples.view;

import static io.github.espalier.examples.view.Statuses.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.Forecast;
import io.github.espalier.coordinator.Run;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.TaskStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TableViewTest {
    private static final String HEAD = "TASK                   STATE     LAST LINE, OR WHAT IT WAITS FOR";

    private final StringWriter written = new StringWriter();
    private final FakeRun run = new FakeRun();
    private final TableView view = new TableView(
            Terminal.of(true, Map.of("COLUMNS", "70", "LINES", "10")),
            new PrintWriter(written),
            Clock.fixed(START.plusSeconds(9), ZoneOffset.UTC));

    @Test
    void drawsAnewInPlace() {
        run.status = List.of(Statuses.running("a", "one", Duration.ZERO, 1), Statuses.waiting("b"));
        view.show(run);
        awaitScreen(
                HEAD,
                "a Title of a           running   one",
                "b Title of b           waiting   waits for us-1 to land",
                "");

        run.status = List.of(Statuses.landed("a"), Statuses.running("b", "two", Duration.ZERO, 1));
        awaitScreen(
                HEAD, "a Title of a           landed    landed as c0ffee", "b Title of b           running   two", "");

        run.status = List.of(Statuses.landed("a"));
        awaitScreen(HEAD, "a Title of a           landed    landed as c0ffee", "");
        view.close();
    }

    @Test
    void showsTheLastStateAndNothingMore() {
        run.status = List.of(Statuses.waiting("a"));
        view.show(run);
        run.status = List.of(Statuses.landed("a"));

        view.finish();

        String end = written.toString();
        assertThat(Screen.after(end)).contains("a Title of a           landed    landed as c0ffee");
        run.status = List.of(Statuses.failed("a"));
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

    /** A run that has a status and nothing else. */
    private static final class FakeRun implements Run {
        private volatile List<TaskStatus> status = List.of();

        @Override
        public List<TaskStatus> status() {
            return status;
        }

        @Override
        public Forecast forecast() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String id() {
            return "run";
        }

        @Override
        public RunReport await() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<RunReport> await(Duration time) {
            return Optional.empty();
        }

        @Override
        public CompletionStage<RunReport> completion() {
            return new CompletableFuture<>();
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }
}
