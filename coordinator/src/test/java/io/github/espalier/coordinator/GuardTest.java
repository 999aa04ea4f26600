package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.HandLauncher.HandInstance;
import io.github.espalier.worktree.CheckoutFingerprint;
import io.github.espalier.worktree.EscapingLink;
import io.github.espalier.worktree.FileChange;
import io.github.espalier.worktree.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What agents ought not to do is seen, told, and refused where the host says so. */
@Timeout(120)
class GuardTest extends HostTest {
    private static final String WRITE = "printf x > work.txt; ";

    private static TaskOutcome outcome(RunReport report, String task) {
        return report.task(task).outcome();
    }

    private static void assertRefused(TaskOutcome outcome, FailureReason reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TaskOutcome.InstanceFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(reason));
    }

    @Test
    void tellsWhichKeysAnAgentChangedAndLandsItsWork() {
        RunReport report = host.run(WRITE + "git config core.pager evil", task("a", "work.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        RunEvent.Tampered event =
                host.events(RunEvent.Tampered.class).findFirst().orElseThrow();
        assertThat(event.changes()).singleElement().satisfies(change -> {
            assertThat(change.file()).isEqualTo(host.repository().directory().resolve(".git/config"));
            assertThat(change.keys()).containsExactly("core.pager");
        });
        assertThat(event.harmless()).isFalse();
        assertThat(event.others()).isEmpty();
        assertThat(report.task("a").notes()).singleElement().asString().contains("core.pager");
    }

    @Test
    void tellsOfNothingWhereNothingWasChanged() {
        RunReport report = host.run(
                "printf x > $ESPALIER_TASK.txt; git add -A; git commit -qm work; git branch spare-$ESPALIER_TASK",
                task("a", "a.txt"),
                task("b", "b.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.events(RunEvent.Tampered.class)).isEmpty();
        assertThat(host.events(RunEvent.CheckoutChanged.class)).isEmpty();
        assertThat(report.tasks()).allSatisfy(task -> assertThat(task.notes()).isEmpty());
    }

    @Test
    void refusesEveryTaskUntilTheChangeIsUndone() throws Exception {
        HandLauncher launcher = new HandLauncher();
        Run run = host.builder(launcher)
                .tampering(Reaction.REFUSE)
                .build()
                .start(List.of(task("a", "a.txt"), task("b", "b.txt"), task("c", "c.txt")));
        List<HandInstance> instances = List.of(launcher.next(), launcher.next(), launcher.next());
        for (HandInstance instance : instances) {
            TestRepository.at(instance.worktree()).write(id(instance) + ".txt", id(instance));
        }
        host.repository().git("config", "core.hooksPath", "/evil");
        end(run, instances.get(0));
        end(run, instances.get(1));
        host.repository().git("config", "--unset", "core.hooksPath");
        end(run, instances.get(2));
        RunReport report = run.await();

        for (HandInstance refused : instances.subList(0, 2)) {
            TaskReport task = report.task(id(refused));
            assertRefused(task.outcome(), FailureReason.TAMPERED);
            assertThat(task.outcome().describe()).contains("core.hookspath");
            assertThat(host.repository().git("show", task.rescue().orElseThrow() + ":" + task.id() + ".txt"))
                    .isEqualTo(task.id());
        }
        assertThat(outcome(report, id(instances.get(2)))).isInstanceOf(TaskOutcome.Landed.class);
        assertThat(report.task(id(instances.get(0))).notes())
                .singleElement()
                .asString()
                .contains("that of " + id(instances.get(1)));
    }

    private static String id(HandInstance instance) {
        return instance.request().task().id();
    }

    private static void end(Run run, HandInstance instance) {
        instance.exit(0);
        org.awaitility.Awaitility.await()
                .until(() -> run.status().stream()
                        .anyMatch(status -> status.id().equals(id(instance))
                                && status.outcome().isPresent()));
    }

    @Test
    void refusesOnlyTheTaskWhoseOwnPointerChanged() {
        RunReport report = host.builder("printf x > $ESPALIER_TASK.txt;"
                        + " if [ $ESPALIER_TASK = a ]; then echo 'gitdir: /elsewhere' > .git; fi")
                .tampering(Reaction.REFUSE)
                .build()
                .run(List.of(task("a", "a.txt"), task("b", "b.txt")));

        assertRefused(outcome(report, "a"), FailureReason.TAMPERED);
        assertThat(host.repository().git("show", report.task("a").rescue().orElseThrow() + ":a.txt"))
                .isEqualTo("x");
        assertThat(outcome(report, "b")).isInstanceOf(TaskOutcome.Landed.class);
    }

    @Test
    void refusesNoUpstreamOfATasksOwnBranch() {
        RunReport report = host.builder(WRITE + "git branch -q --set-upstream-to=main")
                .tampering(Reaction.REFUSE)
                .build()
                .run(List.of(task("a", "work.txt")));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.events(RunEvent.Tampered.class)).singleElement().satisfies(event -> {
            assertThat(event.harmless()).isTrue();
            assertThat(event.changes())
                    .flatExtracting(FileChange::keys)
                    .containsExactly("branch.feature/a.merge", "branch.feature/a.remote");
        });
    }

    @Test
    void tellsOfTamperingByAnAgentThatFails() {
        RunReport report = host.run("touch \"$(git rev-parse --git-common-dir)/hooks/post-merge\"; exit 3", task("a"));

        assertRefused(outcome(report, "a"), FailureReason.EXIT_CODE);
        assertThat(report.task("a").notes()).singleElement().asString().contains("hooks/post-merge");
    }

    @Test
    void deletesNothingThroughALinkInTheWorktreesPlace() throws Exception {
        CheckoutFingerprint before = CheckoutFingerprint.of(host.repository().directory());

        RunReport report = host.builder(WRITE + "cd ..; mv project-wta moved; ln -s project project-wta")
                .keepWorktrees(false)
                .build()
                .run(List.of(task("a", "work.txt")));

        assertThat(report.success()).isFalse();
        assertThat(CheckoutFingerprint.of(host.repository().directory())).isEqualTo(before);
        assertThat(folder.resolve("moved/work.txt")).hasContent("x");
        assertThat(report.task("a").notes()).anyMatch(note -> note.contains("project-wta"));
    }

    @Test
    void tellsOfLinksThatLeadOut() {
        RunReport report = host.run("ln -s /etc/hosts out; ln -s src/App.java in", task("a", "out", "in"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.events(RunEvent.LinksEscape.class))
                .singleElement()
                .satisfies(event -> assertThat(event.links()).containsExactly(new EscapingLink("out", "/etc/hosts")));
        assertThat(report.task("a").notes()).singleElement().asString().contains("out -> /etc/hosts");
    }

    @Test
    void refusesLinksThatLeadOutAndKeepsTheWork() {
        RunReport report = host.builder("ln -s ../../x out; printf x > work.txt")
                .escapingLinks(Reaction.REFUSE)
                .build()
                .run(List.of(task("a", "out", "work.txt")));

        assertRefused(outcome(report, "a"), FailureReason.ESCAPING_LINK);
        assertThat(host.repository().git("show", "feature/a:work.txt")).isEqualTo("x");
        assertThat(report.task("a").commit()).contains(host.repository().git("rev-parse", "feature/a"));
        assertThat(host.repository().git("ls-tree", "--name-only", TARGET)).doesNotContain("work.txt");
    }

    @Test
    void tellsWhenAnAgentWritesIntoTheUsersCheckoutAndTakesNothingBack() throws Exception {
        host.repository().write("src/Lib.java", "my edit\n");
        Path checkout = host.repository().directory();

        RunReport report = host.run(
                WRITE + "cd \"$ESPALIER_REPOSITORY\"; echo theirs > src/App.java; echo x > new.txt",
                task("a", "work.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.events(RunEvent.CheckoutChanged.class)).singleElement().satisfies(event -> {
            assertThat(event.checkout()).isEqualTo(checkout);
            assertThat(event.paths()).containsExactly("new.txt", "src/App.java");
        });
        assertThat(report.task("a").notes())
                .singleElement()
                .asString()
                .contains("new.txt, src/App.java")
                .contains("the user or another program");
        assertThat(Files.readString(checkout.resolve("src/App.java"))).isEqualTo("theirs\n");
    }

    @Test
    void takesNoLandingForAChangeOfTheCheckout() {
        host.repository().git("checkout", "-q", TARGET);
        host.repository().write("src/Lib.java", "my edit\n");

        RunReport report =
                host.run("printf x > $ESPALIER_TASK.txt", task("a", "a.txt"), task("b", "b.txt"), task("c", "c.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.repository().read("c.txt")).isEqualTo("x");
        assertThat(host.events(RunEvent.CheckoutChanged.class)).isEmpty();
    }

    @Test
    void doesNotLookAtTheCheckoutWhereTheHostOptsOut() {
        RunReport report = host.builder(WRITE + "echo x > \"$ESPALIER_REPOSITORY/new.txt\"")
                .watchCheckout(false)
                .build()
                .run(List.of(task("a", "work.txt")));

        assertThat(report.task("a").notes()).isEmpty();
        assertThat(host.events(RunEvent.CheckoutChanged.class)).isEmpty();
    }
}
