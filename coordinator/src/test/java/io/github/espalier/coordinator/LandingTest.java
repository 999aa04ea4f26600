package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.HandLauncher.HandInstance;
import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.Identity;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a finished branch to the target. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class LandingTest extends HostTest {
    private static final String WRITE = "echo \"$ESPALIER_TASK\" > \"$ESPALIER_TASK.txt\"";

    @Test
    void leavesBranchAndWorktreeOfAConflictAndListsBothSides() throws Exception {
        HandLauncher launcher = new HandLauncher();
        Run run = host.builder(launcher).build().start(List.of(task("a", "a.txt"), task("b", "b.txt")));
        HandInstance first = launcher.next();
        HandInstance second = launcher.next();
        TestRepository.at(first.worktree())
                .write("src/App.java", "class First {}\n")
                .commit("first");
        TestRepository.at(second.worktree())
                .write("src/App.java", "class Second {}\n")
                .commit("second");
        first.exit(0);
        awaitLanded(run, first);
        second.exit(0);

        TaskReport report = run.await().task(second.request().task().id());

        TaskOutcome.Conflicted conflicted = (TaskOutcome.Conflicted) report.outcome();
        Conflict conflict = conflicted.conflicts().get(0);
        assertThat(conflict.path()).isEqualTo("src/App.java");
        assertThat(host.repository()
                        .git("cat-file", "blob", conflict.ours().orElseThrow().blob()))
                .isEqualTo("class First {}");
        assertThat(host.repository()
                        .git("cat-file", "blob", conflict.theirs().orElseThrow().blob()))
                .isEqualTo("class Second {}");
        assertThat(second.worktree()).isDirectory();
        assertThat(host.repository().git("rev-parse", report.branch().orElseThrow()))
                .isEqualTo(report.commit().orElseThrow());
    }

    private static void awaitLanded(Run run, HandInstance instance) {
        String id = instance.request().task().id();
        org.awaitility.Awaitility.await()
                .until(() -> run.status().stream()
                        .anyMatch(status ->
                                status.id().equals(id) && status.outcome().isPresent()));
    }

    @Test
    void publishesTheVeryTreeThatWasVerified() {
        List<Verification.Request> requests = new java.util.concurrent.CopyOnWriteArrayList<>();
        RunReport report = host.builder(WRITE)
                .verify(request -> {
                    requests.add(request);
                    boolean there = Files.exists(request.directory().resolve("a.txt"));
                    return new Verification.Verdict(there, "a.txt is there: " + there);
                })
                .build()
                .run(List.of(task("a", "a.txt")));

        TaskOutcome.Landed landed = (TaskOutcome.Landed) report.task("a").outcome();
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).tree()).isEqualTo(landed.tree());
        assertThat(host.repository().git("rev-parse", TARGET + "^{tree}")).isEqualTo(landed.tree());
        assertThat(requests.get(0).directory()).doesNotExist();
        assertThat(host.repository().git("for-each-ref", "refs/heads/espalier/"))
                .isEmpty();
    }

    @Test
    void publishesNothingOfWhatDoesNotPass() {
        String before = host.repository().git("rev-parse", TARGET);

        RunReport report = host.builder(WRITE)
                .verify(Verification.command("sh", "-c", "echo it is red; exit 1"))
                .build()
                .run(List.of(task("a", "a.txt")));

        TaskOutcome.VerificationFailed failed =
                (TaskOutcome.VerificationFailed) report.task("a").outcome();
        assertThat(failed.reason()).contains("exit code 1");
        assertThat(failed.log().orElseThrow()).content().contains("it is red");
        assertThat(host.repository().git("rev-parse", TARGET)).isEqualTo(before);
        assertThat(host.worktree("a")).isDirectory();
    }

    @Test
    void squashesAndKeepsTheBranchsOwnCommits() {
        RunReport report = host.builder(
                        "for n in 1 2; do echo $n > $n.txt; git add -A; git commit -qm \"step $n\"; done")
                .strategy(LandingStrategy.SQUASH)
                .build()
                .run(List.of(task("a", "1.txt", "2.txt")));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.repository().git("log", "--format=%s", "main.." + TARGET))
                .isEqualTo("Land a: Task a");
        assertThat(host.repository().git("log", "--format=%s", "main..refs/espalier/landed/" + report.run() + "/a"))
                .isEqualTo("step 2\nstep 1");
        assertThat(host.repository().git("branch", "--list", "feature/*")).isEmpty();
    }

    @Test
    void rebases() {
        RunReport report = host.builder(
                        "echo x > $ESPALIER_TASK.txt; git add -A; git commit -qm \"work on $ESPALIER_TASK\"")
                .strategy(LandingStrategy.REBASE)
                .build()
                .run(List.of(task("a", "a.txt"), task("b", "b.txt")));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.repository().git("log", "--merges", "--format=%s", TARGET))
                .isEmpty();
        assertThat(host.repository()
                        .git("log", "--format=%s", "main.." + TARGET)
                        .lines())
                .containsExactlyInAnyOrder("work on a", "work on b");
    }

    @Test
    void refusesWhatIsNoFastForwardWhereOnlyThatIsAllowed() throws Exception {
        HandLauncher launcher = new HandLauncher();
        Run run = host.builder(launcher)
                .strategy(LandingStrategy.FAST_FORWARD)
                .build()
                .start(List.of(task("a", "a.txt")));
        HandInstance instance = launcher.next();
        TestRepository.at(instance.worktree()).write("a.txt", "x").commit("work");
        String moved = host.repository().git("commit-tree", "-p", TARGET, "-m", "meanwhile", TARGET + "^{tree}");
        host.repository().git("update-ref", "refs/heads/" + TARGET, moved);
        instance.exit(0);

        TaskReport report = run.await().task("a");

        assertThat(report.outcome().describe()).contains("no fast-forward");
        assertThat(host.repository().git("rev-parse", TARGET)).isEqualTo(moved);
    }

    @Test
    void hasNothingToLandWhenTheAgentDidNothing() {
        RunReport report = host.run("true", task("a", "a.txt"));

        assertThat(report.task("a").outcome()).isEqualTo(new TaskOutcome.NothingToLand());
        assertThat(report.success()).isFalse();
    }

    @Test
    void commitsAsTheGivenIdentity() {
        host.builder(WRITE)
                .identity(new Identity("Robot", "robot@example.org"))
                .build()
                .run(List.of(task("a", "a.txt")));

        assertThat(host.repository().git("log", "-1", "--format=%cn <%ce>", TARGET))
                .isEqualTo("Robot <robot@example.org>");
    }

    @Test
    void bringsACleanCheckoutOfTheTargetForward() {
        host.repository().git("checkout", "-q", TARGET);

        RunReport report = host.run(WRITE, task("a", "a.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.repository().read("a.txt")).isEqualTo("a\n");
        assertThat(host.repository().git("status", "--porcelain")).isEmpty();
    }

    @Test
    void holdsALandingThatACheckoutCannotFollow() {
        host.repository().git("checkout", "-q", TARGET);
        host.repository().write("src/App.java", "my own edit\n");
        String before = host.repository().head();

        RunReport report = host.run("echo changed > src/App.java", task("a", "src/App.java"));

        TaskOutcome.Held held = (TaskOutcome.Held) report.task("a").outcome();
        assertThat(host.repository().head()).isEqualTo(before);
        assertThat(host.repository().read("src/App.java")).isEqualTo("my own edit\n");
        assertThat(host.repository().git("rev-parse", held.ref())).isEqualTo(held.commit());
        assertThat(held.reason()).isNotBlank();
    }

    @Test
    void landsWhatWasHeldAsSoonAsTheCheckoutCanFollow() throws Exception {
        host.repository().git("checkout", "-q", TARGET);
        host.repository().write("src/App.java", "my own edit\n");
        HandLauncher launcher = new HandLauncher();
        Run run = host.builder(launcher).build().start(List.of(task("a", "src/App.java"), task("b", "b.txt")));
        HandInstance one = launcher.next();
        HandInstance two = launcher.next();
        HandInstance first = one.request().task().id().equals("a") ? one : two;
        HandInstance second = first == one ? two : one;
        TestRepository.at(first.worktree()).write("src/App.java", "changed\n").commit("change");
        first.exit(0);
        org.awaitility.Awaitility.await()
                .until(() -> run.status().get(0).phase().equals("held"));

        host.repository().git("checkout", "-q", "--", "src/App.java");
        TestRepository.at(second.worktree()).write("b.txt", "b\n").commit("b");
        second.exit(0);
        RunReport report = run.await();

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.repository().read("src/App.java")).isEqualTo("changed\n");
        assertThat(host.repository().git("for-each-ref", "refs/espalier/held/")).isEmpty();
        assertThat(host.repository().git("status", "--porcelain")).isEmpty();
    }

    @Test
    void landsOnATargetThatSomebodyMovesMeanwhile() throws Exception {
        HandLauncher launcher = new HandLauncher();
        Run run = host.builder(launcher).build().start(List.of(task("a", "a.txt")));
        HandInstance instance = launcher.next();
        TestRepository.at(instance.worktree()).write("a.txt", "x").commit("work");
        Path elsewhere = folder.resolve("elsewhere");
        host.repository().git("worktree", "add", "-q", elsewhere.toString(), TARGET);
        TestRepository.at(elsewhere).write("theirs.txt", "t").commit("theirs");
        instance.exit(0);

        assertThat(run.await().success()).isTrue();
        assertThat(host.onTarget("theirs.txt")).isEqualTo("t");
        assertThat(host.onTarget("a.txt")).isEqualTo("x");
        assertThat(elsewhere.resolve("a.txt")).exists();
    }

    @Test
    void rescuesInsteadOfCommittingWhereTheHostSaysSo() {
        RunReport report = host.builder(
                        "echo done > done.txt; git add -A; git commit -qm done; echo scratch > scratch.txt")
                .uncommittedWork(UncommittedWork.RESCUE)
                .build()
                .run(List.of(task("a", "done.txt")));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.onTarget("done.txt")).isEqualTo("done");
        assertThat(host.repository().git("ls-tree", "--name-only", TARGET)).doesNotContain("scratch.txt");
        assertThat(host.repository().git("show", report.task("a").rescue().orElseThrow() + ":scratch.txt"))
                .isEqualTo("scratch");
        assertThat(host.worktree("a")).doesNotExist();
    }

    @Test
    void rescuesIgnoredFilesOfALandedWorktreeWhereTheHostWantsThem() {
        host.repository().git("checkout", "-q", TARGET);
        host.repository().write(".gitignore", "*.log\n").commit("Ignore logs");
        host.repository().git("checkout", "-q", "--detach");

        RunReport report = host.builder("echo done > done.txt; echo found > notes.log")
                .rescueIgnored(true)
                .build()
                .run(List.of(task("a", "done.txt")));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.worktree("a")).doesNotExist();
        assertThat(host.repository().git("show", report.task("a").rescue().orElseThrow() + ":notes.log"))
                .isEqualTo("found");
    }

    @Test
    void removesAnUnlandedWorktreeOnlyAfterRescueWhereTheHostWantsItGone() {
        RunReport report = host.builder("echo half > half.txt; exit 1")
                .keepWorktrees(false)
                .build()
                .run(List.of(task("a", "half.txt")));

        assertThat(host.worktree("a")).doesNotExist();
        assertThat(host.repository().git("show", report.task("a").rescue().orElseThrow() + ":half.txt"))
                .isEqualTo("half");
        assertThat(Optional.of(host.repository().git("rev-parse", "feature/a")))
                .isEqualTo(report.task("a").base());
    }
}
