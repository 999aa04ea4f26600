package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.coordinator.HandLauncher.HandInstance;
import io.github.espalier.worktree.TestRepository;
import io.github.espalier.worktree.WorktreeManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Work that other programs were publicly reported to have destroyed with a worktree, each by the way it went there. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class ReportedLossesTest extends HostTest {
    /** Runs task {@code a} so that its worktree is to be removed whatever it comes to. */
    private TaskReport removing(String script) {
        return host.builder(script)
                .keepWorktrees(false)
                .build()
                .run(List.of(task("a", "a.txt")))
                .task("a");
    }

    private String rescued(TaskReport task, String path) {
        return host.repository().git("show", task.rescue().orElseThrow() + ":" + path);
    }

    private Run start(HandLauncher launcher) {
        return host.builder(launcher).keepWorktrees(false).build().start(List.of(task("a", "a.txt")));
    }

    /** anthropics/claude-code#35862, bug 1: the baseline of a resumed agent was its HEAD, so earlier commits counted as none. */
    @Test
    void keepsTheCommitsOfAnEarlierAgentThatAResumedOneAddsNothingTo() {
        host.run("echo first > a.txt; git add -A; git commit -qm first; exit 1", task("a", "a.txt"));

        TaskReport resumed = removing("true");

        assertThat(resumed.outcome()).isEqualTo(new TaskOutcome.NothingToLand());
        assertThat(host.repository().git("show", "feature/a:a.txt")).isEqualTo("first");
        assertThat(host.worktree("a").resolve("a.txt")).hasContent("first");
        assertThat(resumed.notes()).anySatisfy(note -> assertThat(note).contains("project-wta was there already"));
    }

    /** anthropics/claude-code#35862, bug 2: the sweep of another session took worktrees whose agents were at work. */
    @Test
    void leavesAWorktreeToTheAgentInIt() throws Exception {
        HandLauncher launcher = new HandLauncher();
        Run run = start(launcher);
        HandInstance agent = launcher.next();

        assertThatThrownBy(() -> host.builder("true").build().run(List.of()))
                .isInstanceOf(RepositoryBusyException.class);
        try (WorktreeManager other = WorktreeManager.of(host.repository().open())) {
            other.prune();
        }

        assertThat(agent.worktree()).isDirectory();
        TestRepository.at(agent.worktree()).write("a.txt", "work");
        agent.exit(0);
        assertThat(run.await().success()).isTrue();
        assertThat(host.onTarget("a.txt")).isEqualTo("work");
    }

    /** anthropics/claude-code#35862, bug 3: the clean-up asked {@code git status -uno}, which hides untracked files. */
    @Test
    void seesUntrackedFiles() {
        host.repository().git("config", "status.showUntrackedFiles", "no");

        TaskReport task = removing("mkdir new; echo only here > new/untracked.txt; exit 1");

        assertThat(rescued(task, "new/untracked.txt")).isEqualTo("only here");
        assertThat(host.worktree("a")).doesNotExist();
    }

    /** anthropics/claude-code#35983: when agents ended without a commit, their worktrees went, and all changes with them. */
    @Test
    void keepsTheWorkOfAnAgentThatIsKilledBeforeItCommits() {
        TaskReport task = removing("echo new > a.txt; echo changed > src/App.java; rm src/Lib.java; kill -9 $$");

        assertThat(task.outcome())
                .isEqualTo(new TaskOutcome.InstanceFailed(FailureReason.KILLED, "killed by signal 9"));
        assertThat(rescued(task, "a.txt")).isEqualTo("new");
        assertThat(rescued(task, "src/App.java")).isEqualTo("changed");
        assertThat(host.repository().git("ls-tree", "--name-only", task.rescue().orElseThrow(), "src/"))
                .isEqualTo("src/App.java");
    }

    /** anthropics/claude-code#38287: at the end of a session the branch was deleted with commits that nothing else held. */
    @Test
    void keepsTheBranchOfASessionThatIsEnded() throws Exception {
        HandLauncher launcher = new HandLauncher();
        Run run = start(launcher);
        HandInstance agent = launcher.next();
        String commit =
                TestRepository.at(agent.worktree()).write("a.txt", "work").commit("unmerged");

        run.cancel();
        TaskReport task = run.await().task("a");

        assertThat(agent.worktree()).doesNotExist();
        assertThat(host.repository().resolve("feature/a")).isEqualTo(commit);
        assertThat(task.commit()).contains(commit);
    }

    /**
     * anthropics/claude-code#58885: a background process still wrote, so that {@code git worktree remove} failed; then
     * {@code rm -rf} took the untracked work too.
     */
    @Test
    void keepsUntrackedWorkWhereABackgroundProcessStillWrites() throws Exception {
        HandLauncher launcher = new HandLauncher();
        Run run = host.builder(launcher)
                .uncommittedWork(UncommittedWork.RESCUE)
                .build()
                .start(List.of(task("a", "a.txt")));
        HandInstance agent = launcher.next();
        TestRepository.at(agent.worktree()).write("a.txt", "done").commit("merged");
        TestRepository.at(agent.worktree()).write("issue-268.txt", "resumed work");
        Process benchmark = new ProcessBuilder("sh", "-c", "i=0; while :; do i=$((i+1)); mkdir -p b; echo > b/$i; done")
                .directory(agent.worktree().toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("benchmark.log").toFile())
                .start();
        try {
            agent.exit(0);
            TaskReport task = run.await().task("a");

            assertThat(host.onTarget("a.txt")).isEqualTo("done");
            assertThat(rescued(task, "issue-268.txt")).isEqualTo("resumed work");
        } finally {
            benchmark.destroyForcibly().waitFor();
        }
    }

    /** anthropics/claude-code#74719: worktrees over a certain age went, whether dirty or with commits on a detached HEAD. */
    @Test
    void keepsDirtyAndDetachedWorktreesHoweverOldTheyAre() {
        RunReport report = host.run(
                "export GIT_COMMITTER_DATE='2019-01-01T00:00:00Z' GIT_AUTHOR_DATE='2019-01-01T00:00:00Z';"
                        + " if test $ESPALIER_TASK = detached; then git checkout -q --detach; echo x > d.txt; git add -A;"
                        + " git commit -qm unpushed; else echo dirty > README.md; fi; exit 1",
                task("detached", "d.txt"),
                task("dirty", "README.md"));
        String unpushed = TestRepository.at(host.worktree("detached")).head();

        Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(4000)), ZoneOffset.UTC);
        host.builder("true").clock(later).build().run(List.of(task("later", "later.txt")));

        assertThat(host.worktree("dirty").resolve("README.md")).hasContent("dirty");
        assertThat(TestRepository.at(host.worktree("detached")).head()).isEqualTo(unpushed);
        assertThat(host.repository().git("for-each-ref", "--contains", unpushed, "--format=%(refname)"))
                .isEqualTo(report.task("detached").rescue().orElseThrow());
    }

    /** anthropics/claude-code#79899: after a first worktree was removed, the second one's commits were not counted. */
    @Test
    void countsTheCommitsOfTheSecondWorktreeToo() {
        RunReport report = host.builder("n=1; while test $n -le 5; do echo $n > $ESPALIER_TASK.txt; git add -A;"
                        + " git commit -qm $n; n=$((n+1)); done; test $ESPALIER_TASK = first")
                .maxInstances(1)
                .keepWorktrees(false)
                .build()
                .run(List.of(task("first", "first.txt"), task("second", "second.txt")));

        assertThat(report.task("first").outcome().success()).isTrue();
        assertThat(host.worktree("second")).doesNotExist();
        assertThat(host.repository().git("rev-list", "--count", TARGET + "..feature/second"))
                .isEqualTo("5");
    }

    /** Untrivial-ai/agent-orchestrator#1926: a worktree was rebuilt in its place, on its branch, without its 200 edits. */
    @Test
    void rebuildsNoWorktreeThatHoldsEdits() {
        host.run("seq 200 > new.txt; echo edit >> src/App.java; rm src/Lib.java; exit 1", task("a", "a.txt"));
        TestRepository edited = TestRepository.at(host.worktree("a"));
        String status = edited.git("status", "--porcelain");

        TaskReport again = host.run("echo again > a.txt", task("a", "a.txt")).task("a");

        assertThat(again.outcome().success()).as(again.toString()).isTrue();
        assertThat(edited.git("status", "--porcelain")).isEqualTo(status);
        assertThat(edited.read("new.txt").lines()).hasSize(200);
    }

    /** max-sixty/worktrunk#2939 was not to be found; this is what it is listed for: removal that destroys uncommitted work. */
    @Test
    void keepsWhatIsOnlyStagedOrHiddenFromStatus() {
        TaskReport task = removing("echo staged > s.txt; git add s.txt; rm s.txt;"
                + " git update-index --assume-unchanged src/App.java; echo hidden > src/App.java; exit 1");

        assertThat(rescued(task, "src/App.java")).isEqualTo("hidden");
        assertThat(host.repository().git("show", task.rescue().orElseThrow() + "^2:s.txt"))
                .isEqualTo("staged");
    }

    /** tintinweb/pi-subagents#246: the commit of what was left failed for want of a signing program, and the worktree went. */
    @Test
    void landsWhatIsLeftWhereTheUsersSigningProgramIsMissing() {
        host.repository().git("config", "commit.gpgSign", "true");
        host.repository().git("config", "gpg.program", "/definitely/missing/gpg");

        TaskReport task = removing("echo overwritten > README.md");

        assertThat(task.outcome().success()).as(task.toString()).isTrue();
        assertThat(host.onTarget("README.md")).isEqualTo("overwritten");
    }

    /** tintinweb/pi-subagents#246 again: any error on the way to that commit, here of a filter that git must run. */
    @Test
    void keepsWhatIsLeftWhereItsCommitFails() throws Exception {
        host.repository().git("config", "filter.broken.clean", "false");
        host.repository().git("config", "filter.broken.required", "true");
        Path attributes = host.repository().directory().resolve(".git/info/attributes");
        Files.createDirectories(attributes.getParent());
        Files.writeString(attributes, "*.broken filter=broken\n");

        TaskReport task = removing("echo work > a.broken");

        assertThat(task.outcome())
                .isInstanceOfSatisfying(
                        TaskOutcome.InstanceFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(FailureReason.UNUSABLE_WORK));
        assertThat(rescued(task, "a.broken")).isEqualTo("work");
    }
}
