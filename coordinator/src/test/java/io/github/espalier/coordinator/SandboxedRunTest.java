package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Git does in a sandbox what an agent needs of it, wherever the repository lies. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class SandboxedRunTest {
    private static final String COMMIT = "echo \"$ESPALIER_TASK\" > \"$ESPALIER_TASK.txt\" && git add -A"
            + " && git commit -q -m \"Work\" && git status --porcelain && git log -1 --format=%s && git gc --auto";

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "mein Projekt/žluťoučký kůň"})
    void landsWhatAgentsCommitInATemporaryFolder(String name) {
        landsTwoTasks(temporary.resolve(name));
    }

    @Test
    void landsWhatAgentsCommitElsewhere(@TempDir(factory = InTarget.class, cleanup = CleanupMode.ALWAYS) Path folder) {
        landsTwoTasks(folder);
    }

    private static void landsTwoTasks(Path folder) {
        TestHost host = TestHost.in(folder);

        RunReport report =
                host.builder(Sandboxes.shell(COMMIT)).build().run(List.of(task("a", "a.txt"), task("b", "b.txt")));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(List.of("a", "b")).allSatisfy(id -> {
            assertThat(host.onTarget(id + ".txt")).isEqualTo(id);
            assertThat(report.task(id).log().orElseThrow()).hasContent("Work");
        });
        assertThat(host.repository().directory().resolve(".git/refs/heads/feature"))
                .satisfiesAnyOf(
                        refs -> assertThat(refs).doesNotExist(),
                        refs -> assertThat(refs).isEmptyDirectory());
    }

    @Test
    void landsWhatAnAgentCommitsInAWorktreeOfABareRepository() {
        TestHost source = TestHost.in(temporary.resolve("source"));
        Path bare = temporary.resolve("bare.git");
        source.repository().git("clone", "-q", "--bare", ".", bare.toString());
        TestHost host = TestHost.of(TestRepository.at(bare));
        host.repository().git("config", "user.name", "Test User");
        host.repository().git("config", "user.email", "test@example.org");

        RunReport report = host.builder(Sandboxes.shell(COMMIT)).build().run(List.of(task("a", "a.txt")));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.onTarget("a.txt")).isEqualTo("a");
    }

    @Test
    void landsWhatAnAgentLeavesUncommitted() {
        TestHost host = TestHost.in(temporary);

        RunReport report = host.builder(Sandboxes.shell("echo left > left.txt"))
                .branch("feature/{id}/work")
                .build()
                .run(List.of(task("a", "left.txt")));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.onTarget("left.txt")).isEqualTo("left");
    }

    @Test
    void leavesGarbageAloneAndKeepsTheConfigurationItIsGiven() throws IOException {
        TestHost host = TestHost.in(temporary);
        host.repository().git("config", "gc.auto", "1");
        CommandLauncher command = InstanceLauncher.command("sh", "-c", COMMIT)
                .environment(Map.of(
                        "GIT_CONFIG_COUNT", "1", "GIT_CONFIG_KEY_0", "user.name", "GIT_CONFIG_VALUE_0", "Robot"));

        RunReport report = host.builder(Sandboxes.around(command)).build().run(List.of(task("a", "a.txt")));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(report.task("a").log().orElseThrow()).hasContent("Work");
        assertThat(host.repository().git("log", "-1", "--format=%an", TARGET + "^2"))
                .isEqualTo("Robot");
    }

    @Test
    void canStillCommitAfterTheUserHasCollectedGarbage() throws Exception {
        TestHost host = TestHost.in(temporary);
        String script = "touch ready; until test -e go; do sleep 0.05; done; rm ready go; " + COMMIT;
        try (Run run = host.builder(Sandboxes.shell(script)).build().start(List.of(task("a", "a.txt")))) {
            Path worktree = host.worktree("a");
            Awaitility.await().until(() -> Files.exists(worktree.resolve("ready")));
            host.repository().git("gc", "--quiet");
            Files.createFile(worktree.resolve("go"));

            RunReport report = run.await();

            assertThat(report.success()).as(report.toString()).isTrue();
            assertThat(report.task("a").log().orElseThrow()).hasContent("Work");
        }
    }
}
