package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.espalier.separator.Task;
import io.github.espalier.worktree.GitRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of resolutions and undos whose host was killed. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class InterruptedLandingTest {
    /** Both change the same line; the second one ends only when the first has landed. */
    private static final String BOTH =
            "if test $ESPALIER_TASK = b; then until git log --format=%s roadmap | grep -q 'Land a'; do sleep 0.02; done;"
                    + " fi; echo \"class App { $ESPALIER_TASK }\" > src/App.java";
    /** Commits, edits, and does not end. */
    private static final String HALF = "echo drafted > src/App.java; git commit -qam draft; echo half > src/App.java;"
            + " echo new > new.txt; touch ../reached; sleep 611";

    @TempDir
    Path folder;

    private TestHost host;

    @BeforeEach
    void makeHost() {
        host = TestHost.in(folder);
    }

    private Coordinator coordinator() {
        return host.builder("true").build();
    }

    private RunHistory history() {
        return RunHistory.of(GitRepository.open(host.repository().directory()));
    }

    /** Runs the two tasks in another JVM, and kills that once {@code ../reached} is there. */
    private String killHost(String verification, String resolver) throws Exception {
        kill(verification, Map.of("RESOLVER", resolver), task("a", "a"), task("b", "b"));
        return history().runs().get(0).run();
    }

    private void kill(String verification, Map<String, String> environment, Task... tasks) throws Exception {
        Path repository = host.repository().directory();
        try (ChildHost child = ChildHost.start(repository, BOTH, verification, environment, tasks)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(folder.resolve("reached")) || !child.isAlive());
            assertThat(child.isAlive()).isTrue();
            child.kill();
        }
    }

    private void assertKeptAndTakenAway(String run) {
        String kept = "refs/espalier/rescue/" + run + "/b/resolve-1";
        assertThat(host.repository().git("show", kept + ":src/App.java")).isEqualTo("half");
        assertThat(host.repository().git("show", kept + ":new.txt")).isEqualTo("new");
        assertThat(host.repository().git("for-each-ref", "--format=%(subject)", kept + "-*"))
                .isEqualTo("draft");
        assertThat(host.repository().git("worktree", "list")).doesNotContain("resolve-");
        assertThat(host.repository().git("for-each-ref", "refs/heads/espalier/"))
                .isEmpty();
        assertThat(folder.resolve("project-wtresolve-" + run + "-b-1")).doesNotExist();
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains("sleep 611")))
                .isEmpty();
    }

    @Test
    void keepsWhatAResolverHadDoneAndLeavesTheConflict() throws Exception {
        String run = killHost("", HALF);

        TaskReport report = coordinator().recover().get(0).report().task("b");

        assertThat(report.outcome()).isInstanceOf(TaskOutcome.Conflicted.class);
        assertThat(report.notes())
                .anyMatch(note -> note.contains("during resolution 1") && note.endsWith(run + "/b/resolve-1"));
        assertThat(host.repository().git("show", "feature/b:src/App.java")).isEqualTo("class App { b }");
        assertKeptAndTakenAway(run);
        String refs = host.repository().git("for-each-ref");
        assertThat(coordinator().recover()).isEmpty();
        assertThat(host.repository().git("for-each-ref")).isEqualTo(refs);
    }

    @Test
    void takesAResolversWorktreeAwayWhenTheNextRunBegins() throws Exception {
        String run = killHost("", HALF);

        host.run("true");

        assertKeptAndTakenAway(run);
        assertThat(coordinator().recover().get(0).report().task("b").outcome())
                .isInstanceOf(TaskOutcome.Conflicted.class);
        assertKeptAndTakenAway(run);
    }

    @Test
    void landsAResolutionThatHadBeenAccepted() throws Exception {
        killHost(
                "if grep -q 'a b' src/App.java; then touch ../reached; sleep 611; fi",
                "echo 'class App { a b }' > src/App.java");

        RunReport report = host.builder("true")
                .verify(request -> new Verification.Verdict(true, ""))
                .build()
                .recover()
                .get(0)
                .report();

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.onTarget("src/App.java")).isEqualTo("class App { a b }");
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
        assertThat(host.repository().git("for-each-ref", "refs/heads/espalier/", "refs/heads/feature/"))
                .isEmpty();
    }

    @Test
    void changesNothingByAnUndoWhoseHostDiedAndLetsItBeAskedForAnew() throws Exception {
        host.branch("one", "one.txt", "one\n");
        coordinator().land(List.of("one"));
        String id = history().landings().get(0).id();
        String refs = host.repository().git("for-each-ref");
        kill("touch ../reached; sleep 611", Map.of("UNDO", id));

        assertThat(coordinator().recoveryPlan()).extracting(RecoveryStep::task).containsExactly(id);
        assertThat(coordinator().recover()).isEmpty();

        assertThat(coordinator().recoveryPlan()).isEmpty();
        assertThat(host.repository().git("for-each-ref")).isEqualTo(refs);
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
        assertThat(history().runs()).hasSize(1);
        assertThat(history().undos()).singleElement().satisfies(undo -> {
            assertThat(undo.landing()).isEqualTo(id);
            assertThat(undo.endedAt()).isPresent();
            assertThat(undo.undone()).isFalse();
            assertThat(undo.detail()).hasValue("its host died; undo it again");
        });
        assertThat(coordinator().undo(id, Undo.REVERT)).isInstanceOf(UndoOutcome.Undone.class);
        assertThat(host.repository().git("ls-tree", "--name-only", TARGET)).doesNotContain("one.txt");
        assertThat(history().undos().get(0).undone()).isTrue();
    }
}
