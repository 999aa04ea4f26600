package io.github.espalier.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.separator.Task;
import io.github.espalier.worktree.TestRepository;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every launcher must do, on this machine or on another. */
@Timeout(60)
abstract class InstanceLauncherContract {
    @TempDir
    Path folder;

    private WorktreeManager worktrees;
    private TestRepository repository;
    private Worktree worktree;

    /** A launcher whose agents run a POSIX shell script in their worktree. */
    abstract InstanceLauncher launcher(String script);

    @BeforeEach
    void makeWorktree() {
        repository = TestRepository.create(folder.resolve("project"));
        worktrees = WorktreeManager.of(repository.open());
        worktree = worktrees.add(new WorktreeRequest(folder.resolve("project-wta"), "feature/a", repository.head()));
    }

    @AfterEach
    void closeWorktrees() {
        worktrees.close();
    }

    LaunchRequest request(int attempt) {
        Task task = Task.builder("a").title("A title").build();
        try {
            Path state = Files.createDirectories(folder.resolve("state-" + attempt));
            Path spec = Files.writeString(state.resolve("spec.md"), "text");
            return new LaunchRequest(
                    new InstanceName("run", "a", attempt), task, worktree, repository.open(), spec, state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Instance launch(String script) {
        return launcher(script).launch(request(1));
    }

    static InstanceEnd end(Instance instance) throws Exception {
        return instance.completion().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    static String printed(Instance instance) throws IOException {
        try (InputStream log = instance.log().open()) {
            return new String(log.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static void awaitPrinted(Instance instance, String text) {
        Awaitility.await().until(() -> printed(instance).contains(text));
    }

    @Test
    void tellsTheExitCode() throws Exception {
        assertThat(end(launch("exit 0"))).isEqualTo(new InstanceEnd.Exited(0));
        assertThat(end(launcher("exit 3").launch(request(2)))).isEqualTo(new InstanceEnd.Exited(3));
    }

    @Test
    void tellsASignalFromOutside() throws Exception {
        assertThat(end(launch("kill -KILL $$"))).isEqualTo(new InstanceEnd.Exited(137));
    }

    @Test
    void runsInTheWorktree() throws Exception {
        end(launch("pwd > where.txt"));

        assertThat(worktree.directory().resolve("where.txt"))
                .hasContent(worktree.directory().toString());
    }

    @Test
    void tellsTheAgentWhatItIsAbout() throws Exception {
        Instance instance = launch("echo $ESPALIER_TASK,$ESPALIER_TITLE,$ESPALIER_BRANCH,$ESPALIER_RUN,$ESPALIER_BASE");
        end(instance);

        assertThat(printed(instance)).contains("a,A title,feature/a,run," + worktree.base());
    }

    @Test
    void showsWhatIsPrintedWhileItRuns() throws Exception {
        Instance instance = launch("echo out; echo err >&2; exec sleep 600");
        awaitPrinted(instance, "err");

        assertThat(printed(instance)).contains("out");
        assertThat(instance.log().lastLine()).contains("err");
        instance.stop(Duration.ZERO);
        end(instance);
    }

    @Test
    void stopsAtOnceWhatHeedsTheSignal() throws Exception {
        Instance instance = launch("trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        awaitPrinted(instance, "ready");

        instance.stop(Duration.ofSeconds(30));

        assertThat(end(instance)).isEqualTo(new InstanceEnd.Stopped(false));
        assertThat(printed(instance)).contains("bye");
    }

    @Test
    void killsAfterTheGraceWhatDoesNot() throws Exception {
        Instance instance = launch("trap '' TERM; echo ready; while :; do sleep 0.05; done");
        awaitPrinted(instance, "ready");

        instance.stop(Duration.ofMillis(300));
        instance.stop(Duration.ofMinutes(10));

        assertThat(end(instance)).isEqualTo(new InstanceEnd.Stopped(true));
    }

    @Test
    void ignoresAStopAfterTheEnd() throws Exception {
        Instance instance = launch("exit 4");
        end(instance);

        instance.stop(Duration.ZERO);

        assertThat(end(instance)).isEqualTo(new InstanceEnd.Exited(4));
    }

    @Test
    void isNamedByRunTaskAndAttempt() throws Exception {
        Instance instance = launcher("true").launch(request(7));

        assertThat(instance.identity().name()).isEqualTo(new InstanceName("run", "a", 7));
        assertThat(instance.identity()).isEqualTo(instance.identity());
        end(instance);
    }

    @Test
    void isNotHeldUpByMuchOutput() throws Exception {
        Instance instance = launch("i=0; while [ $i -lt 2000 ]; do printf '%01000d\\n' $i; i=$((i+1)); done; exit 5");

        assertThat(end(instance)).isEqualTo(new InstanceEnd.Exited(5));
        assertThat(printed(instance)).endsWith("1999\n");
    }

    @Test
    void endsEvenIfItsOutputWasClosedOrIsHeldOpen() throws Exception {
        assertThat(end(launch("exec >&- 2>&-; exit 6"))).isEqualTo(new InstanceEnd.Exited(6));
        assertThat(end(launcher("sleep 600 & exit 7").launch(request(2)))).isEqualTo(new InstanceEnd.Exited(7));
    }

    static List<String> shell(String script) {
        return List.of("sh", "-c", script);
    }
}
