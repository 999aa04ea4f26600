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
