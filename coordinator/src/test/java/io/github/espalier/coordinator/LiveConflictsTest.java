package io.github.espalier.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.CheckoutFingerprint;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.Merger;
import io.github.espalier.worktree.TestRepository;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Conflicts between agents that still run are told while something can be done about them. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class LiveConflictsTest extends HostTest {
    private static final Duration OFTEN = Duration.ofMillis(50);

    @Test
    void tellsThePairThePathsAndWhatIsBeyondTheFootprints() throws Exception {
        String script = "echo $ESPALIER_TASK > src/App.java; touch ../$ESPALIER_TASK.wrote;"
                + " until test -e ../go; do sleep 0.02; done";
        try (Run run = host.builder(script)
                .watchConflicts(OFTEN, AheadPolicy.TELL)
                .build()
                .start(TestHost.twoTasks())) {
            Awaitility.await()
                    .until(() -> Files.exists(folder.resolve("a.wrote")) && Files.exists(folder.resolve("b.wrote")));
            CheckoutFingerprint before = CheckoutFingerprint.of(host.worktree("a"));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(host.events(RunEvent.ConflictAhead.class))
                            .hasSize(1));
            RunEvent.ConflictAhead ahead =
                    host.events(RunEvent.ConflictAhead.class).findFirst().orElseThrow();

            assertThat(List.of(ahead.task(), ahead.other())).containsExactlyInAnyOrder("a", "b");
            assertThat(ahead.conflicts())
                    .singleElement()
                    .satisfies(conflict -> assertThat(conflict.path()).isEqualTo("src/App.java"));
            assertThat(ahead.details()).singleElement().satisfies(detail -> {
                assertThat(detail.conflict()).isEqualTo(ahead.conflicts().get(0));
                assertThat(detail.hunks()).singleElement().satisfies(hunk -> {
                    assertThat(hunk.base().lines()).containsExactly("class App {}");
                    assertThat(hunk.ours().lines()).containsExactly(ahead.task());
                    assertThat(hunk.theirs().lines()).containsExactly(ahead.other());
                });
            });
            assertThat(host.events(RunEvent.FootprintExceeded.class))
                    .hasSize(2)
                    .allMatch(event -> event.paths().equals(List.of("src/App.java")));
            assertThat(CheckoutFingerprint.of(host.worktree("a"))).isEqualTo(before);
            Files.createFile(folder.resolve("go"));
            run.await();
        }
        assertThat(host.repository().directory().resolve(".git/espalier"))
                .isDirectoryNotContaining("glob:**/snapshots-*");
    }

    @Test
    void stopsTheYoungerAndDoesItAgainAfterTheOtherWhereTheHostSaysSo() throws Exception {
        String script = "echo $ESPALIER_TASK >> src/App.java; until test -e ../go; do sleep 0.02; done";
        try (Run run = host.builder(script)
                .watchConflicts(OFTEN, AheadPolicy.STOP_YOUNGER)
                .build()
                .start(List.of(TestHost.task("a", "a.txt"), TestHost.task("b", "b.txt")))) {
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(host.events(RunEvent.TaskSetBack.class)).hasSize(1));
            RunEvent.TaskSetBack setBack =
                    host.events(RunEvent.TaskSetBack.class).findFirst().orElseThrow();
            Files.createFile(folder.resolve("go"));
            RunReport report = run.await();

            String younger = setBack.task();
            String older = setBack.inFavourOf();
            assertThat(report.success()).as(report.toString()).isTrue();
            assertThat(host.onTarget("src/App.java")).isEqualTo("class App {}\n" + older + "\n" + younger);
            assertThat(report.task(younger).attempts()).isEqualTo(2);
            assertThat(report.task(younger).notes()).anyMatch(note -> note.contains("stopped in favour of " + older));
        }
    }

    /** What the drivers that a host allows settle is no conflict when it lands, and is none before. */
    @Test
    void looksWithTheMergerThatLands() throws Exception {
        TestRepository git = host.repository();
        git.git("config", "merge.keep.driver", "true");
        git.write(".git/info/attributes", "src/App.java merge=keep\n");
        Merger merger = Merger.of(git.open(), Set.of("keep"));
        Queue<MergeOutcome> outcomes = new ConcurrentLinkedQueue<>();
        String script = "echo $ESPALIER_TASK > src/App.java; until test -e ../go; do sleep 0.02; done";
        try (Run run = host.builder(script)
                .merger(request -> {
                    MergeOutcome outcome = merger.merge(request);
                    outcomes.add(outcome);
                    return outcome;
                })
                .watchConflicts(OFTEN, AheadPolicy.TELL)
                .build()
                .start(TestHost.twoTasks())) {
            Awaitility.await()
                    .until(() -> host.events(RunEvent.FootprintExceeded.class).count() == 2 && !outcomes.isEmpty());
            Files.createFile(folder.resolve("go"));
            run.await();
        }

        assertThat(outcomes).allMatch(MergeOutcome.Merged.class::isInstance);
        assertThat(host.events(RunEvent.ConflictAhead.class)).isEmpty();
    }

    @Test
    void looksOnThoughTheHostsMergerFails() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Merger merger = Merger.of(host.repository().open());
        String script = "echo $ESPALIER_TASK > src/App.java; until test -e ../go; do sleep 0.02; done";
        try (Run run = host.builder(script)
                .merger(request -> {
                    if (asked.incrementAndGet() <= 2) {
                        throw new AssertionError("the host's own");
                    }
                    return merger.merge(request);
                })
                .watchConflicts(OFTEN, AheadPolicy.TELL)
                .build()
                .start(TestHost.twoTasks())) {
            Awaitility.await()
                    .until(() ->
                            host.events(RunEvent.ConflictAhead.class).findAny().isPresent());
            Files.createFile(folder.resolve("go"));
            run.await();
        }

        assertThat(asked).hasValueGreaterThan(2);
    }
}
