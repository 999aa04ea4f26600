package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.espalier.coordinator.HandLauncher.HandInstance;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.TestRepository;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that waits because a checkout of the target has edits in the way. */
@Timeout(120)
class HeldLandingTest extends HostTest {
    private final HandLauncher launcher = new HandLauncher();

    @BeforeEach
    void editACheckoutOfTheTarget() {
        host.repository().git("checkout", "-q", TARGET);
        host.repository().write("src/App.java", "my own edit\n");
    }

    @Test
    void landsWhatAnEarlierRunHeldAlsoWithoutAnyTask() {
        RunReport first = host.run("echo changed > src/App.java", task("a", "src/App.java"));
        assertThat(first.task("a").outcome()).isInstanceOf(TaskOutcome.Held.class);
        host.repository().git("checkout", "-q", "--", "src/App.java");
        host.repository().write("mine.txt", "mine\n").commit("mine");

        host.run("true");

        assertThat(host.repository().read("src/App.java")).isEqualTo("changed\n");
        assertThat(host.onTarget("mine.txt")).isEqualTo("mine");
        assertThat(host.repository().git("for-each-ref", "refs/espalier/held/")).isEmpty();
        Landing landing = onlyLanding();
        assertThat(landing.run()).isEqualTo(first.run());
        assertThat(landing.published())
                .isEqualTo(host.repository().resolve(TARGET))
                .isNotEqualTo(landing.commit());
        Coordinator coordinator = host.builder("true").build();
        assertThat(coordinator.undo(landing.id(), Undo.MOVE_BACK)).isInstanceOf(UndoOutcome.NotPossible.class);
        assertThat(coordinator.undo(landing.published(), Undo.REVERT)).isInstanceOf(UndoOutcome.Undone.class);
        assertThat(host.repository().read("src/App.java")).isEqualTo("class App {}\n");
        assertThat(host.repository().read("mine.txt")).isEqualTo("mine\n");
    }

    @Test
    void isALandingThatCanBeUndoneOnceItIsIn() {
        RunReport first = host.run("echo changed > src/App.java", task("a", "src/App.java"));
        assertThat(landings()).isEmpty();
        host.repository().git("checkout", "-q", "--", "src/App.java");

        host.run("true");

        Landing landing = onlyLanding();
        assertThat(landing.id()).isEqualTo(first.run() + "/a");
        assertThat(landing.published())
                .isEqualTo(landing.commit())
                .isEqualTo(host.repository().resolve(TARGET));
        assertThat(host.builder("true").build().undo(landing.id(), Undo.MOVE_BACK))
                .isEqualTo(new UndoOutcome.Undone(landing.onto()));
        assertThat(host.repository().read("src/App.java")).isEqualTo("class App {}\n");
        assertThat(landings()).hasSize(1);
    }

    @Test
    void isALandingToBeUndoneAloneWhereItWasMergedAnewWithAnother() {
        String free = "if test $ESPALIER_TASK = b; then"
                + " until git for-each-ref refs/espalier/held/ | grep -q .; do sleep 0.02; done;"
                + " echo b > b.txt; else echo changed > src/App.java; fi";
        RunReport report = host.run(free, task("a", "src/App.java"), task("b", "b.txt"));
        assertThat(report.tasks()).allMatch(task -> task.outcome() instanceof TaskOutcome.Held);
        host.repository().git("checkout", "-q", "--", "src/App.java");
        host.repository().write("mine.txt", "mine\n").commit("mine");

        host.run("true");

        assertThat(landings()).extracting(Landing::task).containsExactlyInAnyOrder("a", "b");
        UndoOutcome undone = host.builder("true").build().undo(report.run() + "/b", Undo.REVERT);
        assertThat(undone).isInstanceOf(UndoOutcome.Undone.class);
        assertThat(host.repository().read("src/App.java")).isEqualTo("changed\n");
        assertThat(host.repository().directory().resolve("b.txt")).doesNotExist();
    }

    private List<Landing> landings() {
        return RunHistory.of(host.repository().open()).landings();
    }

    private Landing onlyLanding() {
        assertThat(landings()).hasSize(1);
        return landings().get(0);
    }

    @Test
    void keepsTheRunWhenARetryFails() throws Exception {
        Run run = host.builder(launcher)
                .maxInstances(1)
                .build()
                .start(List.of(task("a", "src/App.java"), task("b", "b.txt")));
        changeApp(launcher.next());
        awaitHeld(run);
        HandInstance other = launcher.next();

        host.repository().git("update-ref", "-d", "refs/heads/" + TARGET);
        other.exit(3);
        RunReport report = run.await();

        assertThat(report.task("a").outcome()).isInstanceOf(TaskOutcome.Held.class);
        assertThat(report.task("b").exitCode()).hasValue(3);
    }

    @Test
    void skipsDependentsOnceItNoLongerGoesIn() throws Exception {
        Task dependent =
                Task.builder("c").declare("c.txt").dependsOn("a").priority(200).build();
        Run run = host.builder(launcher)
                .maxInstances(1)
                .build()
                .start(List.of(task("a", "src/App.java"), task("b", "b.txt"), dependent));
        changeApp(launcher.next());
        awaitHeld(run);
        HandInstance other = launcher.next();
        assertThat(other.request().task().id()).isEqualTo("b");

        host.repository().commit("my own edit");
        await().until(() -> run.status().get(2).outcome().isPresent());
        other.exit(1);
        RunReport report = run.await();

        assertThat(report.task("a").outcome()).isInstanceOf(TaskOutcome.Held.class);
        assertThat(report.task("c").outcome()).isInstanceOf(TaskOutcome.Skipped.class);
    }

    private static void changeApp(HandInstance instance) {
        TestRepository.at(instance.worktree())
                .write("src/App.java", "changed\n")
                .commit("change");
        instance.exit(0);
    }

    private static void awaitHeld(Run run) {
        await().until(() -> run.status().get(0).phase().equals("held"));
    }
}
