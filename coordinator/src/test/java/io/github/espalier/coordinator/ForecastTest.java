package io.github.espalier.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.separator.DeclaredPath;
import io.github.espalier.separator.Effort;
import io.github.espalier.separator.Footprint;
import io.github.espalier.separator.Plan;
import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskConflict;
import io.github.espalier.separator.TaskSeparator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run tells how it will go on, by the rule that it goes on by. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class ForecastTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final HandLauncher launcher = new HandLauncher();
    private TestHost host;

    @BeforeEach
    void makeHost() {
        host = TestHost.in(folder);
    }

    private static Task task(String id, Duration effort, String... files) {
        return Task.builder(id)
                .title("Task " + id)
                .declare(files)
                .effort(effort)
                .build();
    }

    private List<RunEvent.Replanned> replanned() {
        return host.events(RunEvent.Replanned.class).toList();
    }

    @Test
    void tellsWhenEachTaskIsToStartAndWhatItWaitsFor() throws Exception {
        try (Run run = host.builder(launcher)
                .maxInstances(2)
                .build()
                .start(List.of(
                        task("a", HOUR, "a.txt"),
                        task("b", HOUR, "a.txt"),
                        task("c", HOUR.multipliedBy(2), "c.txt")))) {
            launcher.next();
            launcher.next();
            Forecast forecast = run.forecast();

            assertThat(forecast.plan().entries()).extracting(Plan.Entry::task).containsExactly("a", "c", "b");
            assertThat(forecast.start("a").orElseThrow()).isBeforeOrEqualTo(forecast.at());
            assertThat(forecast.start("b")).isEqualTo(forecast.end("a")).isPresent();
            assertThat(forecast.plan().entry("b").orElseThrow().waits())
                    .singleElement()
                    .isInstanceOf(Plan.Wait.Exclusion.class)
                    .returns("a", Plan.Wait::task);
            assertThat(Duration.between(forecast.at(), forecast.end())).isBetween(HOUR, HOUR.multipliedBy(2));
        }
    }

    @Test
    void plansAnewWhereATaskEndsEarly() throws Exception {
        try (Run run =
                host.builder(launcher).build().start(List.of(task("a", HOUR, "a.txt"), task("b", HOUR, "a.txt")))) {
            launcher.next().exit(0);
            launcher.next();
            Awaitility.await().until(() -> !replanned().isEmpty());

            assertThat(replanned()).singleElement().satisfies(event -> {
                assertThat(event.task()).isEqualTo("a");
                assertThat(event.cause()).isEqualTo(RunEvent.Replanned.Cause.ENDED_EARLY);
                assertThat(Duration.between(event.at(), event.end())).isBetween(Duration.ofMinutes(55), HOUR);
            });
            assertThat(run.forecast().plan().entries())
                    .extracting(Plan.Entry::task)
                    .containsExactly("b");
        }
    }

    @Test
    void plansAnewWhereATaskRunsLateAndWhereItHasEndedLate() throws Exception {
        try (Run run = host.builder(launcher)
                .build()
                .start(List.of(task("a", Duration.ofMillis(20), "a.txt"), task("b", HOUR, "a.txt")))) {
            HandLauncher.HandInstance late = launcher.next();
            Awaitility.await().until(() -> replanned().size() > 1);
            assertThat(replanned()).allMatch(event -> event.cause() == RunEvent.Replanned.Cause.RUNS_LATE);
            Forecast forecast = run.forecast();
            assertThat(forecast.end("a").orElseThrow()).isAfter(forecast.at());
            late.exit(0);
            launcher.next();

            Awaitility.await()
                    .until(() -> replanned().stream()
                            .anyMatch(event -> event.cause() == RunEvent.Replanned.Cause.ENDED_LATE));
        }
    }

    @Test
    void letsOthersWaitForWhatAnAgentTouchesBesides() throws Exception {
        String script =
                "echo $ESPALIER_TASK > $ESPALIER_TASK.txt; if test $ESPALIER_TASK = a; then echo a >> src/App.java; fi;"
                        + " until test -e ../go-$ESPALIER_TASK; do sleep 0.02; done";
        try (Run run = host.builder(script)
                .maxInstances(2)
                .watchConflicts(Duration.ofMillis(50), AheadPolicy.TELL)
                .build()
                .start(List.of(task("a", HOUR, "a.txt"), task("x", HOUR, "x.txt"), task("b", HOUR, "src/App.java")))) {
            Awaitility.await()
                    .until(() -> replanned().stream()
                            .anyMatch(event -> event.cause() == RunEvent.Replanned.Cause.FOOTPRINT_EXCEEDED));
            assertThat(run.forecast().plan().entry("b").orElseThrow().waits())
                    .singleElement()
                    .returns("a", Plan.Wait::task);
            Files.createFile(folder.resolve("go-x"));
            Awaitility.await().until(() -> waitsFor(run, "b").contains("conflicts with a (both touch src/App.java)"));
            Files.createFile(folder.resolve("go-b"));
            Files.createFile(folder.resolve("go-a"));

            assertThat(run.await().success()).isTrue();
        }
    }

    /** It is in the footprint, so nothing is exceeded; but from now on it is certain. */
    @Test
    void letsOthersWaitForWhatWasOnlyLikelyUntilItWasSeen() throws Exception {
        String script =
                "echo a >> src/App.java; echo $ESPALIER_TASK > $ESPALIER_TASK.txt; until test -e ../go; do sleep 0.02; done";
        try (Run run = host.builder(script)
                .maxInstances(1)
                .separator(tasks -> new LikelyToTouchTheApp(
                        TaskSeparator.of(ProjectTree.empty()).separate(tasks)))
                .watchConflicts(Duration.ofMillis(50), AheadPolicy.TELL)
                .build()
                .start(List.of(task("a", HOUR, "a.txt"), task("b", HOUR, "src/App.java", "b.txt")))) {
            Awaitility.await()
                    .until(() -> run.forecast().plan().entry("b").orElseThrow().waits().stream()
                            .anyMatch(Plan.Wait.Exclusion.class::isInstance));
            assertThat(host.events(RunEvent.FootprintExceeded.class)).isEmpty();
            Files.createFile(folder.resolve("go"));
            assertThat(run.await().success()).isTrue();
        }
    }

    /** What a separator that predicts says of a task named a. */
    private record LikelyToTouchTheApp(Separation certain) implements Separation {
        @Override
        public List<Task> tasks() {
            return certain.tasks();
        }

        @Override
        public Task task(String id) {
            return certain.task(id);
        }

        @Override
        public Footprint footprint(String id) {
            List<Footprint.Touch> touches =
                    new ArrayList<>(certain.footprint(id).touches());
            if (id.equals("a")) {
                touches.add(new Footprint.Touch(
                        "src/App.java", DeclaredPath.Kind.WRITE, 0.1, List.of(), Footprint.Shape.FILE));
            }
            return new Footprint(touches);
        }

        @Override
        public Optional<TaskConflict> conflict(String first, String second) {
            return certain.conflict(first, second);
        }

        @Override
        public List<TaskConflict> conflictsOf(String id) {
            return certain.conflictsOf(id);
        }

        @Override
        public Separation exceeding(String id, Collection<String> paths) {
            return new LikelyToTouchTheApp(certain.exceeding(id, paths));
        }
    }

    private static String waitsFor(Run run, String task) {
        return run.status().stream()
                .filter(status -> status.id().equals(task))
                .flatMap(status -> status.waitingFor().stream())
                .map(WaitReason::detail)
                .findFirst()
                .orElse("");
    }

    @Test
    void learnsEffortsFromEarlierRuns() throws Exception {
        Task first = Task.builder("first")
                .title("Teach the parser quotes")
                .declare("a.txt")
                .build();
        Task like = Task.builder("like")
                .title("Teach the parser comments")
                .declare("b.txt")
                .build();
        try (Run run = host.builder(launcher).build().start(List.of(first))) {
            assertThat(run.forecast()
                            .plan()
                            .entry("first")
                            .orElseThrow()
                            .effort()
                            .source())
                    .isEqualTo(Effort.Source.DEFAULT);
            launcher.next().exit(0);
            run.await();
        }
        try (Run run = host.builder(launcher).build().start(List.of(like))) {
            Effort effort = run.forecast().plan().entry("like").orElseThrow().effort();

            assertThat(effort.source()).isEqualTo(Effort.Source.LEARNED);
            assertThat(effort.like()).containsExactly("first");
            assertThat(effort.time()).isLessThan(HOUR);
        }
    }
}
