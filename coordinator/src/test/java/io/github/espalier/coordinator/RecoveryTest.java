package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.espalier.separator.Task;
import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the next host makes of a run whose host was killed. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class RecoveryTest extends HostTest {
    /** Tells that it runs, waits to be let go, and commits. */
    private static final String WAIT_AND_COMMIT =
            "touch ../$ESPALIER_TASK.started; while ! test -e ../go; do sleep 0.02; done;"
                    + " echo \"$ESPALIER_TASK\" > \"$ESPALIER_TASK.txt\"; git add -A; git commit -qm \"$ESPALIER_TASK\"";

    private Coordinator coordinator() {
        return host.builder("true").build();
    }

    /** Starts a run in another JVM, and kills that once the condition's file is there. */
    private void killHostWhen(String file, String script, Task... tasks) throws Exception {
        try (ChildHost child = ChildHost.start(host.repository().directory(), script, tasks)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(folder.resolve(file)) || !child.isAlive());
            child.kill();
        }
    }

    private void letGo() throws IOException {
        Files.createFile(folder.resolve("go"));
    }

    private List<RecordedRun> runs() {
        return RunHistory.of(GitRepository.open(host.repository().directory())).runs();
    }

    @Test
    void adoptsAnAgentThatOutlivedItsHostAndLandsItsWork() throws Exception {
        killHostWhen("a.started", WAIT_AND_COMMIT, task("a", "a.txt"));
        assertThat(runs().get(0).endedAt()).isEmpty();
        letGo();

        RecoveredRun recovered = coordinator().recover().get(0);

        assertThat(recovered.report().task("a").outcome()).isInstanceOf(TaskOutcome.Landed.class);
        assertThat(host.onTarget("a.txt")).isEqualTo("a");
        assertThat(host.worktree("a")).doesNotExist();
        assertThat(runs().get(0).endedAt()).isPresent();
    }

    @Test
    void judgesAnAgentThatEndedUnwatchedByTheExitCodeItLeft() throws Exception {
        killHostWhen("a.started", WAIT_AND_COMMIT + "; exit 3", task("a", "a.txt"));
        letGo();
        await().until(this::hasExitFile);

        TaskReport report = coordinator().recover().get(0).report().task("a");

        assertThat(report.outcome()).isEqualTo(new TaskOutcome.InstanceFailed(FailureReason.EXIT_CODE, "exit code 3"));
        assertThat(host.repository().git("log", "-1", "--format=%s", "feature/a"))
                .isEqualTo("a");
    }

    private boolean hasExitFile() throws IOException {
        Path runs = host.repository().directory().resolve(".git/espalier/runs");
        try (Stream<Path> files = Files.walk(runs)) {
            return files.anyMatch(file -> file.endsWith("a/1/exit"));
        }
    }

    @Test
    void takesAnAgentThatNobodySawEndForNoSuccess() throws Exception {
        killHostWhen("a.started", "echo half > half.txt; touch ../a.started; sleep 610", task("a", "half.txt"));
        ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(all -> String.join(" ", all).contains("../a.started"))
                        .orElse(false))
                .forEach(ProcessHandle::destroyForcibly);

        TaskReport report = coordinator().recover().get(0).report().task("a");

        assertThat(report.outcome())
                .isInstanceOfSatisfying(
                        TaskOutcome.InstanceFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(FailureReason.UNKNOWN));
        assertThat(host.repository().git("show", report.rescue().orElseThrow() + ":half.txt"))
                .isEqualTo("half");
    }

    @Test
    void endsSurvivorsAndRescuesTheirWorkWhereTheHostSaysSo() throws Exception {
        killHostWhen("a.started", "echo half > half.txt; touch ../a.started; sleep 610", task("a", "half.txt"));

        TaskReport report = host.builder("true")
                .survivors(Survivors.STOP)
                .build()
                .recover()
                .get(0)
                .report()
                .task("a");

        assertThat(report.outcome()).isEqualTo(new TaskOutcome.Cancelled());
        assertThat(host.repository().git("show", report.rescue().orElseThrow() + ":half.txt"))
                .isEqualTo("half");
    }

    @Test
    void tellsWhatRemainsToBeDoneAndLetsItBeRun() throws Exception {
        Task second = Task.builder("b").declare("b.txt").dependsOn("a").build();
        Task third = Task.builder("c").declare("c.txt").dependsOn("b").build();
        killHostWhen("a.started", WAIT_AND_COMMIT, task("a", "a.txt"), second, third);
        letGo();

        RecoveredRun recovered = coordinator().recover().get(0);
        assertThat(recovered.remaining()).extracting(Task::id).containsExactly("b", "c");
        assertThat(recovered.remaining().get(0).dependsOn()).isEmpty();
        RunReport report = host.builder(WAIT_AND_COMMIT).build().run(recovered.remaining());

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.repository()
                        .git("log", "--merges", "--format=%s", "main.." + TARGET)
                        .lines())
                .containsExactly("Land c: Task c", "Land b: Task b", "Land a: Task a");
    }

    @Test
    void leavesOutWhatDependsOnATaskThatDidNotLand() throws Exception {
        Task second = Task.builder("b").declare("b.txt").dependsOn("a").build();
        killHostWhen("a.started", WAIT_AND_COMMIT + "; exit 1", task("a", "a.txt"), second);
        letGo();

        assertThat(coordinator().recover().get(0).remaining()).isEmpty();
    }

    @Test
    void changesNothingMoreWhenCalledAgain() throws Exception {
        killHostWhen("a.started", WAIT_AND_COMMIT, task("a", "a.txt"), task("b", "b.txt"));
        letGo();
        coordinator().recover();
        String refs = host.repository().git("for-each-ref");

        assertThat(coordinator().recover()).isEmpty();
        assertThat(host.repository().git("for-each-ref")).isEqualTo(refs);
        assertThat(coordinator().recoveryPlan()).isEmpty();
    }

    @Test
    void landsNothingUnverifiedOfARunThatVerified() throws Exception {
        try (ChildHost child =
                ChildHost.verifying(host.repository().directory(), WAIT_AND_COMMIT, task("a", "a.txt"))) {
            await().until(() -> Files.exists(folder.resolve("a.started")) || !child.isAlive());
            child.kill();
        }
        letGo();
        String before = host.repository().git("rev-parse", TARGET);

        TaskReport report = coordinator().recover().get(0).report().task("a");

        assertThat(report.outcome()).isInstanceOf(TaskOutcome.VerificationFailed.class);
        assertThat(host.repository().git("rev-parse", TARGET)).isEqualTo(before);
        assertThat(host.repository().git("show", "feature/a:a.txt")).isEqualTo("a");
    }

    @Test
    void deletesTheBranchOfAVerificationWhoseWorktreeIsGone() throws Exception {
        Path repository = host.repository().directory();
        String verification = "touch ../verifying; sleep 610";
        letGo();
        try (ChildHost child =
                ChildHost.start(repository, WAIT_AND_COMMIT, verification, Map.of(), task("a", "a.txt"))) {
            await().until(() -> Files.exists(folder.resolve("verifying")) || !child.isAlive());
            child.kill();
        }
        Path room = folder.resolve("project-wtverify-" + runs().get(0).run() + "-1");
        host.repository().git("worktree", "remove", "--force", room.toString());

        coordinator().recover();

        assertThat(host.repository().git("for-each-ref", "refs/heads/espalier")).isEmpty();
    }

    @Test
    void plansWithoutTouchingAnything() throws Exception {
        killHostWhen("a.started", WAIT_AND_COMMIT, task("a", "a.txt"), task("b", "a.txt"));
        String refs = host.repository().git("for-each-ref");

        List<RecoveryStep> plan = coordinator().recoveryPlan();

        assertThat(plan).extracting(RecoveryStep::task).containsExactly("a", "b");
        assertThat(plan.get(0).what()).contains("agent");
        assertThat(plan.get(1).what()).contains("had not started");
        assertThat(host.repository().git("for-each-ref")).isEqualTo(refs);
        letGo();
        assertThat(coordinator().recover()).hasSize(1);
    }

    @Test
    void runsNoFilterThatWasConfiguredSinceTheRunBegan() throws Exception {
        killHostWhen("a.started", WAIT_AND_COMMIT + "; echo more > more.txt", task("a", "a.txt"));
        letGo();
        await().until(this::hasExitFile);
        Path marker = folder.resolve("ran");
        host.repository().git("config", "filter.evil.clean", "touch '" + marker + "'; cat");
        Path attributes = host.repository().directory().resolve(".git/info/attributes");
        Files.createDirectories(folder.resolve("project/.git/info"));
        Files.writeString(attributes, "* filter=evil\n");

        TaskReport report = coordinator().recover().get(0).report().task("a");

        assertThat(marker).doesNotExist();
        assertThat(report.outcome()).isInstanceOf(TaskOutcome.InstanceFailed.class);
        assertThat(host.repository().git("show", report.rescue().orElseThrow() + ":more.txt"))
                .isEqualTo("more");
        assertThat(host.repository().git("show", "feature/a:a.txt")).isEqualTo("a");
    }

    @Test
    void refusesWhileTheRunIsUnderWay() throws Exception {
        try (ChildHost child = ChildHost.start(host.repository().directory(), WAIT_AND_COMMIT, task("a", "a.txt"))) {
            await().until(() -> Files.exists(folder.resolve("a.started")));

            assertThatThrownBy(() -> coordinator().recover())
                    .isInstanceOf(RepositoryBusyException.class)
                    .hasMessageContaining("process " + child.pid());
            letGo();
            assertThat(child.await()).isZero();
        }
        assertThat(host.onTarget("a.txt")).isEqualTo("a");
    }

    /** A lock of POSIX goes when the process that has it closes any channel to the file. */
    @Test
    void refusesAnotherProcessAlsoAfterThisOneHasRefusedItself() throws Exception {
        try (Run run = host.builder(WAIT_AND_COMMIT).build().start(List.of(task("a", "a.txt")))) {
            await().until(() -> Files.exists(folder.resolve("a.started")));
            assertThatThrownBy(() -> coordinator().recover()).isInstanceOf(RepositoryBusyException.class);

            try (ChildHost other = ChildHost.start(host.repository().directory(), "true", task("b", "b.txt"))) {
                assertThat(other.await()).isNotZero();
            }
            assertThat(folder.resolve("host.log"))
                    .content()
                    .contains(RepositoryBusyException.class.getName())
                    .contains("process " + ProcessHandle.current().pid());
            letGo();
            assertThat(run.await().success()).isTrue();
        }
    }

    /** A host that lives on may not be allowed to, where a folder cannot be written. */
    @Test
    void takesAwayWhatNoJournalTellsOf() throws Exception {
        host.repository().git("update-ref", "refs/espalier/landing/some-run/commit", "HEAD");
        Path room = Files.createDirectories(host.git("espalier/merge-left"));
        Files.createFile(room.resolve("owner.lock"));

        assertThat(coordinator().recover()).isEmpty();

        assertThat(host.repository().git("for-each-ref", "refs/espalier/")).isEmpty();
        assertThat(room).doesNotExist();
    }

    @Test
    void touchesNothingWhereAJournalIsDamaged() throws Exception {
        killHostWhen("a.started", WAIT_AND_COMMIT, task("a", "a.txt"));
        Path journal = host.repository()
                .directory()
                .resolve(".git/espalier/runs")
                .resolve(runs().get(0).run())
                .resolve("journal.jsonl");
        List<String> lines = Files.readAllLines(journal);
        Files.writeString(journal, String.join("\n", lines).replaceFirst("\"task\"", "\"tusk\"") + "\n");
        String refs = host.repository().git("for-each-ref");

        assertThatThrownBy(() -> coordinator().recover())
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining(journal + ":");
        assertThat(host.repository().git("for-each-ref")).isEqualTo(refs);
        Files.write(journal, lines);
        letGo();
        coordinator().recover();
    }
}
