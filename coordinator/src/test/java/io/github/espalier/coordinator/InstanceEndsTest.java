package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.HandLauncher.HandInstance;
import io.github.espalier.worktree.TestRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each way an instance can end is its own, and none is taken for another. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class InstanceEndsTest extends HostTest {
    private final HandLauncher launcher = new HandLauncher();

    @Test
    void takesALostInstanceForNeitherFailedNorSucceeded() throws Exception {
        Run run = host.builder(launcher).build().start(List.of(task("a", "a.txt")));
        HandInstance instance = launcher.next();
        TestRepository.at(instance.worktree()).write("a.txt", "half").commit("half");

        instance.end(new InstanceEnd.Lost("node gone"));
        TaskReport report = run.await().task("a");

        assertThat(report.outcome()).isEqualTo(new TaskOutcome.InstanceFailed(FailureReason.LOST, "lost: node gone"));
        assertThat(report.commit())
                .contains(TestRepository.at(instance.worktree()).head());
        assertThat(instance.worktree()).isDirectory();
    }

    @Test
    void launchesALostTaskAgainElsewhereAndTakesOnlyTheNewAttemptsWork() throws Exception {
        Run run = host.builder(launcher).maxAttempts(2).build().start(List.of(task("a", "a.txt")));
        HandInstance first = launcher.next();
        first.end(new InstanceEnd.Lost("node gone"));
        HandInstance second = launcher.next();

        assertThat(second.request().name().attempt()).isEqualTo(2);
        assertThat(second.worktree()).isNotEqualTo(first.worktree());
        TestRepository.at(first.worktree()).write("a.txt", "late").commit("late");
        TestRepository.at(second.worktree()).write("a.txt", "right").commit("right");
        first.deliver(TestRepository.at(first.worktree()).head());
        second.exit(0);
        RunReport report = run.await();

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.onTarget("a.txt")).isEqualTo("right");
        assertThat(first.worktree()).isDirectory();
        assertThat(report.task("a").attempts()).isEqualTo(2);
    }

    @Test
    void rescuesWhatALostAttemptLeftBeforeItIsLaunchedAgain() throws Exception {
        Run run = host.builder(launcher).maxAttempts(2).build().start(List.of(task("a", "a.txt")));
        HandInstance first = launcher.next();
        TestRepository.at(first.worktree()).write("a.txt", "half");
        first.end(new InstanceEnd.Lost("node gone"));
        launcher.next().exit(3);
        run.await();

        assertThat(host.repository().git("show", "refs/espalier/rescue/" + run.id() + "/a/1:a.txt"))
                .isEqualTo("half");
        assertThat(first.worktree().resolve("a.txt")).hasContent("half");
    }

    @Test
    void landsACommitThatAnInstanceDeliveredFromElsewhere() throws Exception {
        Run run = host.builder(launcher).build().start(List.of(task("a", "a.txt")));
        HandInstance instance = launcher.next();
        Path elsewhere = folder.resolve("elsewhere");
        host.repository().git("worktree", "add", "-q", "--detach", elsewhere.toString(), TestHost.TARGET);
        String commit = TestRepository.at(elsewhere).write("a.txt", "remote\n").commit("remote work");

        instance.deliver(commit);
        RunReport report = run.await();

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.onTarget("a.txt")).isEqualTo("remote");
    }

    @Test
    void refusesADeliveredCommitThatIsNotThere() throws Exception {
        Run run = host.builder(launcher).build().start(List.of(task("a", "a.txt")));

        launcher.next().deliver("1234567890123456789012345678901234567890");

        assertThat(run.await().task("a").outcome().describe())
                .contains("1234567890123456789012345678901234567890")
                .contains("not in the repository");
    }

    @Test
    void rescuesTheWorkOfAnInstanceWhoseEndNobodySaw() throws Exception {
        Run run = host.builder(launcher).build().start(List.of(task("a", "a.txt")));
        HandInstance instance = launcher.next();
        TestRepository.at(instance.worktree()).write("a.txt", "work");

        instance.end(new InstanceEnd.Unknown("no exit code"));
        TaskReport report = run.await().task("a");

        assertThat(report.outcome())
                .isInstanceOfSatisfying(
                        TaskOutcome.InstanceFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(FailureReason.UNKNOWN));
        assertThat(host.repository().git("show", report.rescue().orElseThrow() + ":a.txt"))
                .isEqualTo("work");
    }

    @Test
    void tellsASignalFromAnExitCode() throws Exception {
        Run run = host.builder(launcher).build().start(List.of(task("a", "a.txt"), task("b", "b.txt")));
        HandInstance first = launcher.next();
        HandInstance second = launcher.next();
        first.exit(137);
        second.exit(2);

        RunReport report = run.await();

        assertThat(report.task(first.request().task().id()).outcome())
                .isEqualTo(new TaskOutcome.InstanceFailed(FailureReason.KILLED, "killed by signal 9"));
        assertThat(report.task(second.request().task().id()).outcome())
                .isEqualTo(new TaskOutcome.InstanceFailed(FailureReason.EXIT_CODE, "exit code 2"));
    }

    @Test
    void stopsAnAgentAtItsTimeLimitAndRescuesItsWork() {
        RunReport report = host.builder("echo slow > slow.txt; sleep 610")
                .timeLimit(Duration.ofMillis(1500))
                .build()
                .run(List.of(task("a", "slow.txt")));

        TaskReport task = report.task("a");
        assertThat(task.outcome()).isEqualTo(new TaskOutcome.TimedOut(Duration.ofMillis(1500)));
        assertThat(host.repository().git("show", task.rescue().orElseThrow() + ":slow.txt"))
                .isEqualTo("slow");
    }

    @Test
    void failsTheTaskAndNotTheRunWhenAnAgentCannotBeLaunched() {
        InstanceLauncher broken = request -> {
            if (request.task().id().equals("bad")) {
                throw new LaunchException("agent", "does not start today");
            }
            return InstanceLauncher.command("sh", "-c", "echo x > good.txt").launch(request);
        };

        RunReport report = host.builder(broken).build().run(List.of(task("bad", "bad.txt"), task("good", "good.txt")));

        assertThat(report.task("good").outcome()).isInstanceOf(TaskOutcome.Landed.class);
        assertThat(report.task("bad").outcome())
                .isInstanceOfSatisfying(
                        TaskOutcome.InstanceFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(FailureReason.LAUNCH));
    }
}
