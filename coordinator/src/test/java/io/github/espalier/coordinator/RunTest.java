package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.espalier.coordinator.HandLauncher.HandInstance;
import io.github.espalier.separator.DuplicateTaskException;
import io.github.espalier.worktree.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run as its host sees it. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class RunTest extends HostTest {
    private final HandLauncher launcher = new HandLauncher();

    @Test
    void tellsWhereEveryTaskStands() throws Exception {
        Run run = host.builder(launcher)
                .maxInstances(1)
                .build()
                .start(List.of(task("a", "a.txt"), task("b", "b.txt"), task("c", "a.txt")));
        HandInstance a = launcher.next();

        await().until(() -> run.status().get(0).phase().equals("running"));
        assertThat(run.status())
                .extracting(TaskStatus::state)
                .containsExactly(TaskStatus.State.RUNNING, TaskStatus.State.PENDING, TaskStatus.State.PENDING);
        assertThat(run.status().get(0).lastLine()).contains("by hand");
        assertThat(run.status().get(1).waitingFor().orElseThrow().kind()).isEqualTo(WaitReason.Kind.SLOT);
        assertThat(run.status().get(2).waitingFor().orElseThrow().kind()).isEqualTo(WaitReason.Kind.CONFLICT);
        assertThat(run.status().get(2).waitingFor().orElseThrow().detail()).contains("a.txt");

        TestRepository.at(a.worktree()).write("a.txt", "a").commit("a");
        a.exit(0);
        launcher.next().exit(1);
        launcher.next().exit(1);
        run.await();
        assertThat(run.status())
                .extracting(TaskStatus::state)
                .containsExactly(TaskStatus.State.COMPLETED, TaskStatus.State.FAILED, TaskStatus.State.FAILED);
    }

    @Test
    void cancelsEverythingAndLosesNothing() throws Exception {
        Run run = host.builder(launcher).maxInstances(1).build().start(List.of(task("a", "a.txt"), task("b", "b.txt")));
        HandInstance a = launcher.next();
        TestRepository.at(a.worktree()).write("a.txt", "half");

        run.cancel();
        run.cancel();
        RunReport report = run.await();

        assertThat(report.tasks()).extracting(TaskReport::outcome).containsOnly(new TaskOutcome.Cancelled());
        assertThat(a.stops).hasSize(1);
        assertThat(host.repository().git("show", report.task("a").rescue().orElseThrow() + ":a.txt"))
                .isEqualTo("half");
        assertThat(launcher.nothingMore()).isTrue();
    }

    @Test
    void launchesNothingMoreOnceItIsCancelled() throws Exception {
        Run run = host.builder(launcher)
                .setup(WorktreeSetup.standard().run("sh", "-c", "touch begun; until test -e go; do sleep 0.02; done"))
                .build()
                .start(List.of(task("a", "a.txt")));
        Path worktree = host.worktree("a");
        await().until(() -> Files.exists(worktree.resolve("begun")));

        run.cancel();
        Files.createFile(worktree.resolve("go"));

        assertThat(run.await().task("a").outcome()).isEqualTo(new TaskOutcome.Cancelled());
        assertThat(launcher.nothingMore()).isTrue();
    }

    @Test
    void interruptsAVerificationWhenItIsCancelled() throws Exception {
        CountDownLatch verifying = new CountDownLatch(1);
        Run run = host.builder("echo a > a.txt")
                .verify(request -> {
                    verifying.countDown();
                    return Verification.command("sleep", "610").verify(request);
                })
                .build()
                .start(List.of(task("a", "a.txt")));
        verifying.await();

        run.cancel();

        assertThat(run.await().task("a").outcome()).isEqualTo(new TaskOutcome.Cancelled());
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(2);
    }

    @Test
    void closesMoreThanOnce() {
        Run run = host.builder(launcher).build().start(List.of(task("a", "a.txt")));

        run.close();
        run.close();

        assertThat(run.completion().toCompletableFuture()).isCompleted();
    }

    @Test
    void deliversEventsInOrderAndOutlivesAListenerThatThrows() {
        RunReport report = host.builder("echo x > $ESPALIER_TASK.txt")
                .listener(event -> {
                    throw new IllegalStateException("a listener of the host's");
                })
                .build()
                .run(List.of(task("a", "a.txt")));

        assertThat(report.success()).isTrue();
        assertThat(host.events())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly(
                        "RunStarted",
                        "WorktreeReady",
                        "InstanceStarted",
                        "InstanceEnded",
                        "WorkCommitted",
                        "LandingStarted",
                        "TaskFinished",
                        "RunFinished");
    }

    @Test
    void givesTheRepositoryToOneRunAtATime() {
        try (Run first = host.builder(launcher).build().start(List.of(task("a", "a.txt")))) {
            Coordinator second = host.builder(launcher).build();

            assertThatThrownBy(() -> second.start(List.of(task("b", "b.txt"))))
                    .isInstanceOfSatisfying(
                            RepositoryBusyException.class,
                            busy -> assertThat(busy.owner())
                                    .contains(String.valueOf(
                                            ProcessHandle.current().pid()))
                                    .contains(first.id()));
        }
        assertThat(host.run("true", task("b", "b.txt")).tasks()).hasSize(1);
    }

    @Test
    void keepsNoLockWhenItCannotSayWhoHoldsIt() throws Exception {
        Path owner = host.repository().open().stateDirectory().resolve("coordinator.owner");
        Files.createDirectories(owner);

        assertThatThrownBy(() -> host.run("true")).isInstanceOf(CoordinatorException.class);

        Files.delete(owner);
        assertThat(host.run("true").success()).isTrue();
    }

    @Test
    void startsNothingWhenTheTasksMakeNoBatch() {
        Coordinator coordinator = host.builder(launcher).build();

        assertThatThrownBy(() -> coordinator.run(List.of(task("a", "a.txt"), task("a", "b.txt"))))
                .isInstanceOf(DuplicateTaskException.class)
                .hasMessageContaining("a");

        assertThat(RunHistory.of(host.repository().open()).runs()).isEmpty();
        assertThat(host.run("true", task("b", "b.txt")).tasks()).hasSize(1);
    }

    @Test
    void endsAtOnceWithoutTasks() {
        RunReport report = host.run("true");

        assertThat(report.tasks()).isEmpty();
        assertThat(report.success()).isTrue();
    }

    @Test
    void neverRunsMoreThanItMay() {
        List<io.github.espalier.separator.Task> tasks = IntStream.range(0, 6)
                .mapToObj(n -> task("t" + n, "t" + n + ".txt"))
                .toList();

        RunReport report = host.builder("echo x > $ESPALIER_TASK.txt")
                .maxInstances(2)
                .build()
                .run(tasks);

        assertThat(report.success()).isTrue();
        int running = 0;
        for (RunEvent event : host.events()) {
            running += event instanceof RunEvent.InstanceStarted ? 1 : 0;
            running -= event instanceof RunEvent.InstanceEnded ? 1 : 0;
            assertThat(running).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void isReadBackFromItsJournal() {
        RunReport report = host.run("echo x > $ESPALIER_TASK.txt", task("a", "a.txt"), task("b", "b.txt"));

        RecordedRun recorded = RunHistory.of(host.repository().open()).runs().get(0);

        assertThat(recorded.run()).isEqualTo(report.run());
        assertThat(recorded.target()).isEqualTo(TestHost.TARGET);
        assertThat(recorded.endedAt()).isPresent();
        assertThat(recorded.tasks()).extracting(RecordedRun.RecordedTask::id).containsExactly("a", "b");
        assertThat(recorded.tasks())
                .allSatisfy(task -> assertThat(task.outcome()).contains("Landed"));
    }

    @Test
    void waitsNoLongerThanItIsTold() throws Exception {
        try (Run run = host.builder(launcher).build().start(List.of(task("a", "a.txt")))) {
            assertThat(run.await(Duration.ofMillis(50))).isEmpty();
        }
    }
}
