package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.separator.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tasks from start to finish through the public API, with real git and real processes. */
@ExtendWith(UntouchedCheckouts.class)
class FullWorkflowTest {
    private static final String WRITE_AND_COMMIT =
            "echo \"$ESPALIER_TASK\" > \"$ESPALIER_TASK.txt\" && git add -A && git commit -q -m \"Work on $ESPALIER_TASK\"";

    @TempDir
    Path folder;

    @Test
    void landsThreeIndependentTasks() {
        TestHost host = TestHost.in(folder);

        RunReport report = host.run(WRITE_AND_COMMIT, task("a", "a.txt"), task("b", "b.txt"), task("c", "c.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(List.of("a", "b", "c")).allSatisfy(id -> {
            assertThat(host.onTarget(id + ".txt")).isEqualTo(id);
            assertThat(host.worktree(id)).doesNotExist();
            assertThat(host.repository().git("branch", "--list", "feature/" + id))
                    .isEmpty();
            assertThat(report.task(id).log())
                    .hasValueSatisfying(log -> assertThat(log).exists());
        });
        assertThat(host.repository()
                        .git("log", "--merges", "--format=%s", TARGET)
                        .lines())
                .containsExactlyInAnyOrder("Land a: Task a", "Land b: Task b", "Land c: Task c");
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
    }

    @Test
    void startsAConflictingTaskAfterTheOtherHasLandedFromTheNewTarget() {
        TestHost host = TestHost.in(folder);
        String append = "echo \"// $ESPALIER_TASK\" >> src/App.java && git commit -qam \"$ESPALIER_TASK\"";

        RunReport report = host.run(append, task("one", "src/App.java"), task("two", "src/App.java"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.onTarget("src/App.java").lines()).contains("// one", "// two");
        String landed = ((TaskOutcome.Landed) report.task("one").outcome()).commit();
        assertThat(report.task("two").base()).contains(landed);
        assertThat(report.task("two").waits())
                .extracting(wait -> wait.reason().kind())
                .contains(WaitReason.Kind.CONFLICT);
    }

    @Test
    void skipsWhatDependsOnATaskThatFailed() {
        TestHost host = TestHost.in(folder);
        Task second = Task.builder("second").declare("b.txt").dependsOn("first").build();
        Task third = Task.builder("third").declare("c.txt").dependsOn("second").build();

        RunReport report = host.run("exit 3", task("first", "a.txt"), second, third);

        assertThat(report.success()).isFalse();
        assertThat(report.task("first").exitCode()).hasValue(3);
        assertThat(report.task("first").outcome())
                .isEqualTo(new TaskOutcome.InstanceFailed(FailureReason.EXIT_CODE, "exit code 3"));
        assertThat(report.task("second").outcome())
                .isInstanceOfSatisfying(
                        TaskOutcome.Skipped.class,
                        skipped -> assertThat(skipped.dependency()).isEqualTo("first"));
        assertThat(report.task("third").outcome())
                .isInstanceOfSatisfying(
                        TaskOutcome.Skipped.class,
                        skipped -> assertThat(skipped.dependency()).isEqualTo("second"));
        assertThat(host.worktree("second")).doesNotExist();
    }

    @Test
    void commitsWhatAnAgentLeftUncommittedAfterAGoodEnd() {
        TestHost host = TestHost.in(folder);

        RunReport report =
                host.run("mkdir -p new && echo text > new/file.txt && rm src/Lib.java", task("a", "new/", "src/"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.onTarget("new/file.txt")).isEqualTo("text");
        assertThat(host.repository().git("ls-tree", "-r", "--name-only", TARGET))
                .doesNotContain("Lib.java");
    }

    @Test
    void rescuesWhatAFailedAgentLeft() {
        TestHost host = TestHost.in(folder);

        RunReport report = host.run("echo half > half.txt; exit 1", task("a", "half.txt"));

        String ref = report.task("a").rescue().orElseThrow();
        assertThat(ref).startsWith("refs/espalier/rescue/" + report.run() + "/a/");
        assertThat(host.repository().git("show", ref + ":half.txt")).isEqualTo("half");
        assertThat(host.worktree("a").resolve("half.txt")).exists();
        assertThat(Files.exists(host.repository().directory().resolve("half.txt")))
                .isFalse();
    }
}
