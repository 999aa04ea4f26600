package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.HandLauncher.HandInstance;
import io.github.espalier.separator.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which of several branches lands first that wait behind one whose verification does not end. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class LandingOrderTest extends HostTest {
    private final HandLauncher agents = new HandLauncher();
    private final Map<String, HandInstance> launched = new HashMap<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    /** Verifies one tree at a time, that of the task {@code gate} for as long as the gate is shut. */
    private CoordinatorBuilder builder() {
        return host.builder(agents).maxVerifications(1).verify(request -> {
            try {
                boolean open = !request.task().equals("gate") || gate.await(60, TimeUnit.SECONDS);
                return new Verification.Verdict(open, "the gate stayed shut");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Verification.Verdict(false, "interrupted");
            }
        });
    }

    private HandInstance agent(String task) throws InterruptedException {
        while (!launched.containsKey(task)) {
            HandInstance next = agents.next();
            launched.put(next.request().task().id(), next);
        }
        return Objects.requireNonNull(launched.get(task));
    }

    private void finish(Run run, String task, String file) throws IOException, InterruptedException {
        Files.writeString(agent(task).worktree().resolve(file), task + "\n");
        finish(run, task);
    }

    /** Ends an agent, and waits until its branch is in the queue, or further. */
    private void finish(Run run, String task) throws InterruptedException {
        agent(task).exit(0);
        Awaitility.await()
                .until(() -> run.status().stream()
                        .anyMatch(status -> status.id().equals(task)
                                && List.of("landing", "done").contains(status.phase())));
    }

    private void shutTheGate(Run run) throws IOException, InterruptedException {
        finish(run, "gate", "gate.txt");
        Awaitility.await()
                .until(() -> host.events(RunEvent.VerificationStarted.class)
                        .anyMatch(event -> event.task().equals("gate")));
    }

    private List<String> landed() {
        return host.repository()
                .git("log", "--first-parent", "--reverse", "--format=%(trailers:key=Espalier-Task,valueonly)", TARGET)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    @Test
    void landsADependentRightAfterWhatItNeedsWhateverTheOrder() throws Exception {
        try (Run run = builder()
                .landingOrder(LandingOrder.PRIORITY)
                .build()
                .start(List.of(
                        TestHost.task("base", "base.txt"),
                        TestHost.task("gate", "gate.txt"),
                        Task.builder("urgent").declare("urgent.txt").priority(1).build(),
                        Task.builder("dependent")
                                .declare("dependent.txt")
                                .priority(9)
                                .dependsOn("base")
                                .build()))) {
            finish(run, "base", "base.txt");
            agent("dependent"); // what it needs has landed
            shutTheGate(run);
            finish(run, "urgent", "urgent.txt");
            finish(run, "dependent", "dependent.txt");
            gate.countDown();

            RunReport report = run.await();

            assertThat(report.success()).as(report.toString()).isTrue();
        }
        assertThat(landed()).containsExactly("base", "gate", "dependent", "urgent");
    }

    @Test
    void landsTheOlderOfTwoFirstThatDoNotGoTogetherWhereTheHostSaysSo() throws Exception {
        try (Run run = builder()
                .watchConflicts(Duration.ofMillis(50), AheadPolicy.ORDER)
                .build()
                .start(List.of(
                        TestHost.task("gate", "gate.txt"), TestHost.task("a", "a.txt"), TestHost.task("b", "b.txt")))) {
            for (String task : List.of("a", "b")) {
                Files.writeString(agent(task).worktree().resolve("src/App.java"), task + "\n");
            }
            Awaitility.await()
                    .until(() ->
                            host.events(RunEvent.ConflictAhead.class).findAny().isPresent());
            RunEvent.ConflictAhead ahead =
                    host.events(RunEvent.ConflictAhead.class).findFirst().orElseThrow();
            shutTheGate(run);
            finish(run, ahead.other());
            finish(run, ahead.task());
            gate.countDown();

            RunReport report = run.await();

            TaskReport older = report.task(ahead.task());
            TaskReport younger = report.task(ahead.other());
            assertThat(older.startedAt().orElseThrow())
                    .isBeforeOrEqualTo(younger.startedAt().orElseThrow());
            assertThat(older.outcome()).isInstanceOf(TaskOutcome.Landed.class);
            assertThat(younger.outcome()).isInstanceOf(TaskOutcome.Conflicted.class);
            assertThat(landed()).containsExactly("gate", older.id());
        }
    }
}
