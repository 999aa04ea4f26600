package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.separator.Task;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that would harm, and repositories that are not as usual. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class HostileInputTest {
    private static final String WRITE = "printf x > work.txt";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../outside",
                "-rf",
                "--upload-pack=x",
                "a@{1}",
                "with some spaces",
                "con",
                "aux.txt",
                "ends.lock",
                "a/b",
                ".git",
                "tilde~1^2:3?*[",
                "žluťoučký kůň",
                "$(touch pwned)",
                "a\\b",
                "refs/heads/main",
            })
    void landsATaskWhateverItsIdIs(String id) {
        TestHost host = TestHost.in(folder);

        RunReport report = host.run(WRITE, task(id, "work.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(host.onTarget("work.txt")).isEqualTo("x");
        assertThat(report.task(id).worktree().orElseThrow().getParent()).isEqualTo(folder);
        assertThat(folder.toFile().list()).containsOnly("project");
        assertThat(host.repository().git("status", "--porcelain")).isEmpty();
    }

    @Test
    void landsATaskWithAVeryLongId() {
        TestHost host = TestHost.in(folder);
        String id = "x".repeat(300);

        RunReport report = host.run(WRITE, task(id, "work.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
    }

    @Test
    void tellsTwoIdsApartThatLookAlikeAsNames() {
        TestHost host = TestHost.in(folder);

        RunReport report = host.run(
                "printf x > \"$(basename \"$PWD\").txt\"",
                task("a b", "1.txt"),
                task("a/b", "2.txt"),
                task("A B", "3.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(report.tasks()).extracting(TaskReport::branch).doesNotHaveDuplicates();
    }

    @Test
    void saysAllThatIsWrongAtOnceAndChangesNothing() throws IOException {
        Path plain = Files.createDirectory(folder.resolve("plain"));

        assertThatThrownBy(() -> Coordinator.builder()
                        .repository(plain)
                        .maxInstances(4)
                        .timeLimit(Duration.ZERO)
                        .branch("feature")
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(plain.toString())
                .hasMessageContaining("git repository")
                .hasMessageContaining("ceiling(4)")
                .hasMessageContaining("timeLimit")
                .hasMessageContaining("{id}")
                .hasMessageContaining("launcher")
                .hasMessageContaining("target");
        assertThat(plain).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "-x", "a..b", "HEAD~1", "refs/heads/main", "@{-1}", "", "a b", "x.lock"})
    void refusesATargetThatIsNone(String target) {
        TestHost host = TestHost.in(folder);

        assertThatThrownBy(() -> host.builder(WRITE).target(target).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(target);
    }

    @Test
    void refusesATargetWithoutACommit() {
        TestRepository repository = TestRepository.init(folder.resolve("project"));

        assertThatThrownBy(() ->
                        TestHost.of(repository).builder(WRITE).target("main").build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("main")
                .hasMessageContaining("commit");
    }

    @Test
    void refusesAnAgentThatIsMissingOrCannotBeExecuted() throws IOException {
        TestHost host = TestHost.in(folder);
        Path script = Files.writeString(folder.resolve("agent.sh"), "#!/bin/sh\n");

        assertThatThrownBy(() -> host.builder(InstanceLauncher.command("no-such-program-here"))
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no-such-program-here");
        assertThatThrownBy(() -> host.builder(InstanceLauncher.command(script.toString()))
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(script.toString())
                .hasMessageContaining("executable");
    }

    @Test
    void worksInABareRepository() {
        TestHost.in(folder).repository().git("clone", "-q", "--bare", ".", "../bare.git");
        TestRepository bare = TestRepository.at(folder.resolve("bare.git"));

        RunReport report = TestHost.of(bare).run(WRITE, task("a", "work.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(bare.git("show", TARGET + ":work.txt")).isEqualTo("x");
        assertThat(folder.resolve("bare-wta")).doesNotExist();
    }

    @Test
    void worksInASha256Repository() {
        TestRepository repository = TestRepository.init(folder.resolve("project"), "--object-format=sha256");
        repository.write("a.txt", "a").commit("first");
        repository.git("branch", TARGET);

        RunReport report = TestHost.of(repository).run(WRITE, task("a", "work.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(repository.git("rev-parse", TARGET)).hasSize(64);
    }

    @Test
    void worksWhereThePathHasSpacesAndLettersBeyondAscii() {
        TestRepository repository = TestRepository.create(folder.resolve("mon projet à moi"));
        repository.git("branch", TARGET);

        RunReport report = TestHost.of(repository).run(WRITE, task("a", "work.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(repository.git("show", TARGET + ":work.txt")).isEqualTo("x");
    }

    @Test
    void worksBesideADetachedHeadASparseCheckoutAndASubmodule() {
        TestRepository library = TestRepository.create(folder.resolve("library"));
        TestHost host = TestHost.in(folder);
        TestRepository repository = host.repository();
        repository.git("checkout", "-q", TARGET);
        repository.git(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "add",
                "-q",
                library.directory().toString(),
                "lib");
        repository.commit("Add submodule");
        repository.git("checkout", "-q", "--detach");
        repository.git("sparse-checkout", "set", "--no-cone", "/README.md", "/.gitmodules");
        String status = repository.git("status", "--porcelain=v2", "--branch");

        RunReport report = host.run("test -f src/App.java || echo sparse; printf x > work.txt", task("a", "work.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(repository.git("status", "--porcelain=v2", "--branch")).isEqualTo(status);
        assertThat(repository.git("ls-tree", TARGET, "lib")).startsWith("160000 commit");
        assertThat(repository.git("ls-tree", "-r", "--name-only", TARGET)).contains("src/App.java", "work.txt");
    }

    @Test
    void worksOnATargetThatIsCheckedOutInAnotherWorktree() {
        TestHost host = TestHost.in(folder);
        Path other = folder.resolve("other");
        host.repository().git("worktree", "add", "-q", other.toString(), TARGET);

        RunReport report = host.run(WRITE, task("a", "work.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(other.resolve("work.txt")).hasContent("x");
        assertThat(TestRepository.at(other).git("status", "--porcelain")).isEmpty();
    }

    @Test
    void runsNoHookAndNoSigningProgramOfTheRepository() throws IOException {
        TestHost host = TestHost.in(folder);
        Path marker = folder.resolve("ran");
        Path hooks = Files.createDirectories(folder.resolve("hooks"));
        for (String hook :
                List.of("pre-commit", "commit-msg", "post-checkout", "post-merge", "reference-transaction")) {
            Path file = Files.writeString(
                    hooks.resolve(hook), "#!/bin/sh\necho " + hook + " >> '" + marker + "'\nexit 1\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        host.repository().git("config", "core.hooksPath", hooks.toString());
        host.repository().git("config", "commit.gpgSign", "true");
        host.repository().git("config", "gpg.program", "/bin/false");

        RunReport report = host.run(WRITE, task("a", "work.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
        assertThat(marker).doesNotExist();
    }

    @Test
    void worksWithoutAUserName() {
        TestHost host = TestHost.in(folder);
        host.repository().git("config", "--unset", "user.name");
        host.repository().git("config", "--unset", "user.email");
        host.repository().git("config", "user.useConfigOnly", "true");

        RunReport report = host.run(WRITE, task("a", "work.txt"));

        assertThat(report.success()).as(report.toString()).isTrue();
    }

    @Test
    void reportsAnAgentThatDeletesItsOwnWorktree() {
        TestHost host = TestHost.in(folder);
        Task good = task("good", "good.txt");

        RunReport report = host.run(
                "if [ \"$ESPALIER_TASK\" = bad ]; then rm -rf \"$PWD\"; else printf x > good.txt; fi",
                task("bad", "bad.txt"),
                good);

        assertThat(report.task("good").outcome()).isInstanceOf(TaskOutcome.Landed.class);
        assertThat(report.task("bad").outcome()).isNotInstanceOf(TaskOutcome.Landed.class);
    }

    @Test
    void cannotMakeAWorktreeWhereAFileIsInTheWayOfItsFolder() throws IOException {
        TestHost host = TestHost.in(folder);
        Files.writeString(folder.resolve("blocked"), "a file");

        RunReport report =
                host.builder(WRITE).worktreeDirectory("blocked/{id}").build().run(List.of(task("a", "work.txt")));

        assertThat(report.task("a").outcome()).isInstanceOfSatisfying(TaskOutcome.InstanceFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.WORKTREE);
            assertThat(failed.detail()).contains("blocked");
        });
        assertThat(host.repository().git("branch", "--list", "feature/*")).isEmpty();
        assertThat(folder.resolve("blocked")).hasContent("a file");
    }
}
