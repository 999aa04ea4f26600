package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.separator.Task;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.PoolOptions;
import io.github.espalier.worktree.TestRepository;
import io.github.espalier.worktree.WorktreePool;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where agents work: names, leftovers, set-up. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class WorktreesOfARunTest extends HostTest {
    private static final String WRITE = "echo \"$ESPALIER_TASK\" > a.txt";

    @Test
    void givesEachAgentAWorktreeBesideTheRepositoryOnItsOwnBranch() {
        host.run("pwd; git branch --show-current", task("a", "a.txt"));

        RunEvent.WorktreeReady ready =
                host.events(RunEvent.WorktreeReady.class).findFirst().orElseThrow();
        assertThat(ready.worktree()).isEqualTo(host.worktree("a"));
        assertThat(ready.branch()).isEqualTo("feature/a");
        assertThat(ready.base()).isEqualTo(host.repository().git("rev-parse", "main"));
    }

    @Test
    void namesThemByTheHostsTemplates() {
        RunReport report = host.builder(WRITE)
                .worktreeDirectory("trees/{repository}/{id}")
                .branch("agents/{id}/work")
                .build()
                .run(List.of(task("a", "a.txt")));

        assertThat(report.task("a").branch()).contains("agents/a/work");
        assertThat(report.task("a").worktree()).contains(folder.resolve("trees/project/a"));
        assertThat(report.success()).as(report.toString()).isTrue();
    }

    @Test
    void keepsWorktreesForTheNextTasksOfThisRunAndOfLaterOnes() {
        GitRepository repository = GitRepository.open(host.repository().directory());
        String script = "test ! -e left || exit 3; mkdir left; echo $ESPALIER_TASK > $ESPALIER_TASK.txt";
        for (String run : List.of("1", "2")) {
            RunReport report = host.builder(script)
                    .pool(PoolOptions.defaults().withMost(2))
                    .build()
                    .run(List.of(
                            task("a" + run, "a.txt"),
                            Task.builder("b" + run).dependsOn("a" + run).build()));

            assertThat(report.success()).as(report.toString()).isTrue();
            assertThat(WorktreePool.of(repository).waiting()).hasSizeBetween(1, 2);
        }
        assertThat(host.builder("true").build().recover()).isEmpty();

        WorktreePool.of(repository).clear();

        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
        assertThat(host.onTarget("b2.txt")).isEqualTo("b2");
    }

    @Test
    void leavesALeftoverThatIsNotOursAloneAndSaysSo() throws IOException {
        Files.createDirectories(host.worktree("a"));
        Files.writeString(host.worktree("a").resolve("precious.txt"), "mine");

        RunReport report = host.run(WRITE, task("a", "a.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.worktree("a").resolve("precious.txt")).hasContent("mine");
        assertThat(report.task("a").branch()).contains("feature/a-2");
        assertThat(report.task("a").notes())
                .anySatisfy(note -> assertThat(note).contains("project-wta").contains("feature/a-2"));
    }

    @Test
    void leavesABranchOfTheSameNameAlone() {
        host.repository().git("branch", "feature/a", "main");
        String before = host.repository().git("rev-parse", "feature/a");

        RunReport report = host.run(WRITE, task("a", "a.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.repository().git("rev-parse", "feature/a")).isEqualTo(before);
        assertThat(report.task("a").branch()).contains("feature/a-2");
    }

    @Test
    void adoptsALeftoverOfOursThatNobodyTouched() {
        RunReport first = host.run("exit 1", task("a", "a.txt"));
        assertThat(first.task("a").worktree().orElseThrow()).isDirectory();

        RunReport second = host.run(WRITE, task("a", "a.txt"));

        assertThat(second.success()).as(second.toString()).isTrue();
        assertThat(second.task("a").worktree()).isEqualTo(first.task("a").worktree());
        assertThat(second.task("a").notes()).anySatisfy(note -> assertThat(note).contains("used again"));
    }

    @Test
    void neverAdoptsALeftoverThatHoldsWork() {
        RunReport first = host.run("echo half > half.txt; exit 1", task("a", "a.txt"));

        RunReport second = host.run(WRITE, task("a", "a.txt"));

        assertThat(second.success()).as(second.toString()).isTrue();
        assertThat(second.task("a").branch()).contains("feature/a-2");
        assertThat(first.task("a").worktree().orElseThrow().resolve("half.txt")).hasContent("half");
    }

    @Test
    void preparesEachWorktree() throws IOException {
        TestRepository repository = host.repository();
        repository.git("checkout", "-q", TARGET);
        repository
                .write(".gitignore", ".env\nsecrets/\ncache\nprepared.txt\n")
                .write(".worktreeinclude", "secrets/*.key\n")
                .commit("Ignore");
        repository.git("checkout", "-q", "--detach");
        repository.write(".env", "A=1").write("secrets/one.key", "k").write("secrets/other.txt", "no");
        repository.write("cache/big.bin", "big");

        RunReport report = host.builder(
                        "cat .env secrets/one.key cache/big.bin prepared.txt > a.txt && test ! -e secrets/other.txt")
                .setup(WorktreeSetup.standard()
                        .copy(".env")
                        .link("cache")
                        .run("sh", "-c", "echo prepared > prepared.txt"))
                .build()
                .run(List.of(task("a", "a.txt")));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.onTarget("a.txt")).isEqualTo("A=1kbigprepared");
        assertThat(host.repository().git("ls-tree", "--name-only", TARGET)).doesNotContain(".env", "cache");
        assertThat(Files.readString(repository.directory().resolve("cache/big.bin")))
                .isEqualTo("big");
    }

    @Test
    void failsTheTaskAndNotTheRunWhenSetUpFails() {
        Task good = task("good", "good.txt");

        RunReport report = host.builder("echo good > good.txt")
                .setup(WorktreeSetup.standard().run("sh", "-c", "case $PWD in *wtbad) echo broken; exit 7;; esac"))
                .build()
                .run(List.of(task("bad", "bad.txt"), good));

        assertThat(report.task("good").outcome()).isInstanceOf(TaskOutcome.Landed.class);
        assertThat(report.task("bad").outcome()).isInstanceOfSatisfying(TaskOutcome.InstanceFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.SETUP);
            assertThat(failed.detail()).contains("exit code 7").contains("bad");
        });
    }

    @Test
    void tellsAnAgentWhatItIsAbout() {
        String script = "printf '%s\\n' \"$@\" > arguments.txt; env | grep ^ESPALIER_ | sort > environment.txt";
        InstanceLauncher launcher = InstanceLauncher.command(
                "sh", "-c", script, "agent", "{task}", "{title}", "{worktree}", "{branch}", "{base}", "{repository}");
        Task task = Task.builder("a")
                .title("It's a \"title\" with $HOME; and {task}")
                .spec("Do it.")
                .declare("arguments.txt", "environment.txt")
                .build();

        RunReport report = host.builder(launcher).build().run(List.of(task));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.onTarget("arguments.txt").lines())
                .containsExactly(
                        "a",
                        "It's a \"title\" with $HOME; and {task}",
                        host.worktree("a").toString(),
                        "feature/a",
                        host.repository().git("rev-parse", "main"),
                        host.repository().directory().toString());
        assertThat(host.onTarget("environment.txt"))
                .contains("ESPALIER_TASK=a", "ESPALIER_BRANCH=feature/a", "ESPALIER_RUN=" + report.run());
    }
}
