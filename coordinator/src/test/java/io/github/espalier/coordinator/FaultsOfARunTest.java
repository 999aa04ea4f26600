package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.COMMIT;
import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.separator.Task;
import io.github.espalier.worktree.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Clocks, logs and people in the way of a run. */
@Timeout(120)
@Isolated("it floods a log and starts hundreds of processes")
class FaultsOfARunTest extends HostTest {
    @Test
    void mergesAgainWhereTheTargetMovedBetweenCheckAndPublication() {
        AtomicInteger checks = new AtomicInteger();
        RunReport report = host.builder(COMMIT)
                .verify(request -> {
                    if (checks.incrementAndGet() == 1) {
                        String theirs =
                                host.repository().git("commit-tree", "-p", TARGET, "-m", "theirs", "main~1^{tree}");
                        host.repository().git("update-ref", "refs/heads/" + TARGET, theirs);
                    }
                    return new Verification.Verdict(
                            Files.exists(request.directory().resolve("a.txt")), "");
                })
                .build()
                .run(List.of(task("a", "a.txt")));

        TaskOutcome.Landed landed = (TaskOutcome.Landed) report.task("a").outcome();
        assertThat(checks).hasValue(2);
        assertThat(host.repository().git("log", "--format=%s", TARGET)).contains("theirs");
        assertThat(host.repository().resolve(TARGET + "^{tree}")).isEqualTo(landed.tree());
    }

    @Test
    void holdsWhereTheTargetsCheckoutIsEditedBetweenCheckAndPublication() {
        host.repository().git("checkout", "-q", TARGET);
        String before = host.repository().head();
        RunReport report = host.builder("echo changed > src/App.java")
                .verify(request -> {
                    host.repository().write("src/App.java", "my own edit\n");
                    return new Verification.Verdict(true, "");
                })
                .build()
                .run(List.of(task("a", "src/App.java")));

        TaskOutcome.Held held = (TaskOutcome.Held) report.task("a").outcome();
        assertThat(host.repository().read("src/App.java")).isEqualTo("my own edit\n");
        assertThat(host.repository().head()).isEqualTo(before);
        assertThat(host.repository().git("status", "--porcelain")).isEqualTo(" M src/App.java");
        assertThat(host.repository().git("show", held.ref() + ":src/App.java")).isEqualTo("changed");
    }

    @Test
    void mindsNoClockThatJumpsByYears() {
        AtomicInteger ticks = new AtomicInteger();
        Clock jumping = new Clock() {
            @Override
            public Instant instant() {
                int tick = ticks.incrementAndGet();
                return Instant.parse("2026-01-01T00:00:00Z")
                        .plus(Duration.ofDays(tick % 2 == 0 ? 3650 : -3650L * tick));
            }

            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        RunReport report = host.builder(COMMIT + "; test $ESPALIER_TASK = a")
                .clock(jumping)
                .timeLimit(Duration.ofMinutes(2))
                .build()
                .run(TestHost.twoTasks());

        assertThat(report.task("a").outcome()).isInstanceOf(TaskOutcome.Landed.class);
        assertThat(report.task("b").outcome())
                .isEqualTo(new TaskOutcome.InstanceFailed(FailureReason.EXIT_CODE, "exit code 1"));
        List<RecordedRun> runs = RunHistory.of(host.repository().open()).runs();
        assertThat(runs).singleElement().satisfies(run -> {
            assertThat(run.run()).isEqualTo(report.run());
            assertThat(run.endedAt()).isPresent();
        });
    }

    @Test
    void keepsTheLogOfAnAgentThatPrintsWithoutEndUnderItsLimit() throws Exception {
        CommandLauncher launcher = InstanceLauncher.command("sh", "-c", COMMIT + "; touch ../started; yes noise; true")
                .logLimit(1_000_000);
        try (Run run = host.builder(launcher).build().start(List.of(task("a", "a.txt")))) {
            Awaitility.await().until(() -> Files.exists(folder.resolve("started")));
            Path log = host.git("espalier/runs/" + run.id() + "/a/1/output.log");
            Awaitility.await().until(() -> Files.size(log) > 1_000_000);
            Awaitility.await().until(() -> Files.size(log) < 100_000_000);

            run.cancel();
            TaskReport report = run.await().task("a");

            assertThat(report.outcome()).isEqualTo(new TaskOutcome.Cancelled());
            // a log is cut to nothing before what is kept of it is written
            Awaitility.await().untilAsserted(() -> {
                assertThat(log).content().contains("older output was dropped");
                assertThat(Files.size(log)).isLessThanOrEqualTo(1_000_000);
            });
            assertThat(host.repository().git("show", "feature/a:a.txt")).isEqualTo("a");
        }
    }

    /** Root reads everything, so this needs a host without that right. */
    @Test
    void keepsAWorktreeWithAFileThatCannotBeReadAndLandsTheOthers() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is missing");
        Path repository = host.repository().directory();
        String script = "echo work > $ESPALIER_TASK.txt; if test $ESPALIER_TASK = a; then chmod 000 a.txt; fi";
        try (ChildHost child =
                ChildHost.unprivileged(repository, script, TestHost.twoTasks().toArray(Task[]::new))) {
            assertThat(child.await()).isEqualTo(1);
        }

        RecordedRun run = RunHistory.of(host.repository().open()).runs().get(0);
        assertThat(run.tasks().get(0).detail())
                .hasValueSatisfying(
                        detail -> assertThat(detail).contains("a.txt").contains("Permission denied"));
        assertThat(host.onTarget("b.txt")).isEqualTo("work");
        assertThat(host.worktree("a").resolve("a.txt")).exists();
        assertThat(host.repository().git("worktree", "list"))
                .contains(host.worktree("a").toString());
    }

    /** All at once; what it leaves behind is looked for by {@link CommandLauncherTest} for each containment. */
    @Test
    void landsTheWorkOfAnAgentThatForksClosesItsOutputIgnoresSignalsAndDetaches() {
        RunReport report = host.run(
                COMMIT + "; trap '' TERM HUP INT; exec >&- 2>&-; i=0;"
                        + " while test $i -lt 500; do sleep 70111 & i=$((i+1)); done;"
                        + " setsid env -i sleep 70111 & exit 0",
                task("a", "a.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(TestRepository.at(host.repository().directory())
                        .git("worktree", "list")
                        .lines())
                .hasSize(1);
        ProcessHandle.allProcesses()
                .filter(process -> List.of(process.info().arguments().orElse(new String[0]))
                        .equals(List.of("70111")))
                .forEach(ProcessHandle::destroyForcibly); // without a PID namespace the last one gets away
    }
}
