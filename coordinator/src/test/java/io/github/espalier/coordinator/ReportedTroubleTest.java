package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.espalier.separator.Task;
import io.github.espalier.worktree.LandingStrategy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What other programs were publicly reported to do wrong on the way from an agent's end to the target, or at its start. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class ReportedTroubleTest extends HostTest {
    private static final String COMMIT =
            "echo $ESPALIER_TASK > $ESPALIER_TASK.txt; git add -A; git commit -qm $ESPALIER_TASK";

    private List<String> branches() {
        return host.repository()
                .git("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads/feature/")
                .lines()
                .toList();
    }

    /** steveyegge/gastown#342: agents cleaned up after themselves before the merge queue had got to their branches. */
    @Test
    void keepsBranchAndWorktreeWhileTheyWaitForTheirLanding() {
        List<String> missing = new java.util.concurrent.CopyOnWriteArrayList<>();
        List<Task> tasks = List.of(task("a", "a.txt"), task("b", "b.txt"), task("c", "c.txt"));
        RunReport report = host.builder(COMMIT)
                .verify(request -> {
                    await().until(() ->
                            host.events(RunEvent.InstanceEnded.class).count() == 3);
                    boolean there = branches().contains("feature/" + request.task())
                            && Files.isDirectory(host.worktree(request.task()));
                    if (!there) {
                        missing.add(request.task());
                    }
                    return new Verification.Verdict(true, "");
                })
                .build()
                .run(tasks);

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(missing).isEmpty();
        assertThat(branches()).isEmpty();
    }

    /** steveyegge/gastown#2028: the branch was deleted before the merge, and the task closed though nothing had landed. */
    @Test
    void keepsTheBranchOfWorkThatWasNotMergedAndDoesNotCallItDone() {
        RunReport report = host.builder(COMMIT)
                .keepWorktrees(false)
                .verify(Verification.command("false"))
                .build()
                .run(List.of(task("a", "a.txt")));

        assertThat(report.success()).isFalse();
        assertThat(report.task("a").outcome()).isInstanceOf(TaskOutcome.VerificationFailed.class);
        assertThat(host.repository().git("show", "feature/a:a.txt")).isEqualTo("a");
        assertThat(host.worktree("a")).doesNotExist();
    }

    /** anthropics/claude-code#47266: of three agents started at once two failed with "could not lock config file". */
    @Test
    void startsManyAgentsAtOnceThoughGitWouldConfigureTheirBranches() {
        host.repository().git("config", "branch.autoSetupMerge", "always");
        host.repository().git("config", "push.autoSetupRemote", "true");
        List<Task> tasks = IntStream.range(0, 8)
                .mapToObj(n -> task("t" + n, "t" + n + ".txt"))
                .toList();

        RunReport report =
                host.builder(COMMIT).ceiling(8).maxInstances(8).build().run(tasks);

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.repository().git("config", "--list", "--local")).doesNotContain("branch.feature/");
    }

    /** anthropics/claude-code#34645: where config.lock was held, no worktree was made and its branch was left behind. */
    @Test
    void makesWorktreesWhileSomebodyHoldsTheConfigurationsLock() throws IOException {
        Path lock = host.repository().directory().resolve(".git/config.lock");
        List<Task> tasks = List.of(task("a", "a.txt"), task("b", "b.txt"), task("c", "c.txt"));
        Coordinator coordinator = host.builder(COMMIT).build();

        RunReport report;
        try (FileChannel held = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            report = coordinator.run(tasks);
            assertThat(held.isOpen()).isTrue();
        }

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(branches()).isEmpty();
        assertThat(lock).exists();
    }

    /** max-sixty/worktrunk#1818: once the target had changed the same lines, a squash-merged branch was taken for unmerged. */
    @Test
    void knowsWhatItHasSquashedAfterTheSameLinesChangedAgain() {
        Task second = Task.builder("b").declare("src/App.java").dependsOn("a").build();
        RunReport report = host.builder(
                        "echo class $ESPALIER_TASK {} > src/App.java; git commit -qam one; echo >> src/App.java;"
                                + " git commit -qam two")
                .strategy(LandingStrategy.SQUASH)
                .build()
                .run(List.of(task("a", "src/App.java"), second));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(branches()).isEmpty();
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
    }

    /** anthropics/claude-code#88239: after a squash merge a clean worktree could not be removed, its commit being nowhere. */
    @Test
    void removesTheWorktreeOfASquashedBranchAndKeepsItsCommits() {
        RunReport report = host.builder(COMMIT + "; echo more >> a.txt; git commit -qam more")
                .strategy(LandingStrategy.SQUASH)
                .build()
                .run(List.of(task("a", "a.txt")));

        TaskReport task = report.task("a");
        assertThat(host.worktree("a")).doesNotExist();
        assertThat(task.notes()).isEmpty();
        assertThat(host.repository()
                        .git(
                                "for-each-ref",
                                "--format=%(refname)",
                                "--points-at",
                                task.commit().orElseThrow()))
                .isEqualTo("refs/espalier/landed/" + report.run() + "/a");
    }

    /**
     * anthropics/claude-code#70523 was not to be found; this is what it is listed for, as in #17764 there: what an agent
     * started in the background outlived it.
     */
    @Test
    void leavesNoProcessOfAnAgentBehind() throws IOException {
        RunReport report = host.run(
                COMMIT + "; setsid sleep 70523 & (sleep 70523 &); nohup sleep 70523 & exit 0", task("a", "a.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(sleepers()).isEmpty();
    }

    /** The same where the session is ended from outside. */
    @Test
    void leavesNoProcessOfACancelledRunBehind() throws Exception {
        Run run = host.builder("trap '' TERM; setsid sleep 70523 & sleep 70523 & touch ../started; wait; sleep 70523")
                .stopGrace(java.time.Duration.ZERO)
                .build()
                .start(List.of(task("a", "a.txt")));
        await().until(() ->
                Files.exists(folder.resolve("started")) && sleepers().size() == 2);

        run.close();

        assertThat(sleepers()).isEmpty();
    }

    private static List<ProcessHandle> sleepers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(all -> List.of(all).equals(List.of("70523")))
                        .orElse(false))
                .toList();
    }

    /**
     * steveyegge/gastown#4698 was not to be found; this is what it is listed for, as in #4616 and pull request #4322 there:
     * after a restart agents did again what was merged.
     */
    @Test
    void doesNothingAgainThatWasMergedBeforeTheHostWasKilled() throws Exception {
        String script = "echo $ESPALIER_TASK >> ../launches; " + COMMIT
                + "; if test $ESPALIER_TASK = b; then touch ../b.started; until test -e ../go; do sleep 0.02; done; fi";
        Task second = Task.builder("b").declare("b.txt").dependsOn("a").build();
        Task third = Task.builder("c").declare("c.txt").dependsOn("b").build();
        Path repository = host.repository().directory();
        host.builder("true");
        try (ChildHost child = ChildHost.start(repository, script, task("a", "a.txt"), second, third)) {
            await().until(() -> Files.exists(folder.resolve("b.started")) || !child.isAlive());
            child.kill();
        }
        Files.createFile(folder.resolve("go"));

        Coordinator coordinator = host.builder(script).build();
        RecoveredRun recovered = coordinator.recover().get(0);
        RunReport rest = coordinator.run(recovered.remaining());

        assertThat(recovered.report().success()).isFalse();
        assertThat(rest.success()).as(rest.toString()).isTrue();
        assertThat(folder.resolve("launches")).hasContent("a\nb\nc");
        assertThat(host.repository()
                        .git("log", "--merges", "--reverse", "--format=%s", TARGET)
                        .lines())
                .containsExactly("Land a: Task a", "Land b: Task b", "Land c: Task c");
    }
}
