package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.CheckoutFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** An agent that means harm does none outside of its worktree. */
@ExtendWith(UntouchedCheckouts.class)
@Timeout(120)
class SandboxFenceTest extends HostTest {
    private static final String APPEND_TO_EACH =
            "for f in \"$@\"; do if (echo evil >> \"$f\") 2>/dev/null; then echo \"WROTE $f\"; fi; done; ";

    private Path checkout;
    private Path git;
    private Path other;

    @BeforeEach
    void makeRepository() throws IOException {
        checkout = host.repository().directory();
        git = checkout.resolve(".git");
        other = folder.resolve("other");
        host.repository().git("gc", "--quiet");
        host.repository().git("worktree", "add", "-q", "-b", "mine", other.toString());
        Files.writeString(git.resolve("hooks/pre-commit"), "#!/bin/sh\nexit 0\n");
    }

    private RunReport run(String script, String... arguments) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "agent"));
        argv.addAll(List.of(arguments));
        RunReport report = host.builder(Sandboxes.around(InstanceLauncher.command(argv)))
                .build()
                .run(List.of(task("a", "a.txt")));
        assertThat(report.success()).as(report.toString()).isTrue();
        return report;
    }

    private static String printed(RunReport report) throws IOException {
        return Files.readString(report.task("a").log().orElseThrow());
    }

    private Map<Path, byte[]> guarded() throws IOException {
        Map<Path, byte[]> content = new HashMap<>();
        List<Path> folders = List.of(
                git.resolve("hooks"), git.resolve("info"), git.resolve("objects/pack"), git.resolve("worktrees/other"));
        for (Path each : folders) {
            try (Stream<Path> files = Files.walk(each).filter(Files::isRegularFile)) {
                for (Path file : files.toList()) {
                    content.put(file, Files.readAllBytes(file));
                }
            }
        }
        for (String name : List.of("config", "packed-refs", "HEAD", "index", "refs/heads/mine")) {
            content.put(git.resolve(name), Files.readAllBytes(git.resolve(name)));
        }
        return content;
    }

    @Test
    void cannotWriteWhatIsNotItsOwn() throws IOException {
        Map<Path, byte[]> before = guarded();
        CheckoutFingerprint checkoutBefore = CheckoutFingerprint.of(checkout);
        CheckoutFingerprint otherBefore = CheckoutFingerprint.of(other);
        Path home = Path.of(System.getProperty("user.home"));
        List<Path> targets = new ArrayList<>(before.keySet());
        targets.addAll(List.of(
                checkout.resolve("src/App.java"),
                checkout.resolve("new.txt"),
                other.resolve("README.md"),
                host.worktree("a").resolve(".git"),
                git.resolve("worktrees/project-wta/commondir"),
                git.resolve("worktrees/project-wta/gitdir"),
                git.resolve("worktrees/project-wta/config.worktree"),
                git.resolve("config.worktree"),
                git.resolve("hooks/post-commit"),
                git.resolve("refs/heads/main"),
                git.resolve("refs/heads/" + TARGET),
                git.resolve("refs/heads/new"),
                git.resolve("refs/stash"),
                git.resolve("refs/espalier/x"),
                git.resolve("logs/refs/heads/main"),
                git.resolve("espalier/coordinator.lock"),
                git.resolve("espalier/runs/new"),
                git.resolve("objects/info/alternates"),
                home.resolve(".espalier-sandbox-test"),
                Path.of("/etc/espalier-sandbox-test"),
                Path.of("/usr/espalier-sandbox-test"),
                Path.of("/proc/sys/kernel/hostname"),
                Path.of("/sys/kernel/mm/ksm/run")));
        String script = APPEND_TO_EACH
                + "for f in \"$ESPALIER_REPOSITORY\"/.git/espalier/runs/*/journal.jsonl; do test -s \"$f\" || echo none;"
                + " if (echo evil >> \"$f\") 2>/dev/null; then echo \"WROTE $f\"; fi; done;"
                + "rm -rf \"$ESPALIER_REPOSITORY\"/.git/objects/pack \"$ESPALIER_REPOSITORY\"/src 2>/dev/null;"
                + "git update-ref refs/heads/" + TARGET
                + " HEAD~1 && echo MOVED; git branch -f main HEAD~1 && echo MOVED;"
                + "git config user.name evil && echo CONFIGURED; git worktree prune; git pack-refs --all && echo PACKED;"
                + "mount -o remount,rw / 2>/dev/null && echo REMOUNTED; umount -l \"$ESPALIER_REPOSITORY\" 2>/dev/null"
                + " && echo UNMOUNTED; rm -f .git 2>/dev/null && echo REMOVED; mv \"$PWD\" ../elsewhere 2>/dev/null"
                + " && echo RENAMED; echo a > a.txt; git add -A; git commit -qm Work";

        RunReport report = run(script, targets.stream().map(Path::toString).toArray(String[]::new));

        assertThat(printed(report)).doesNotContainPattern("^[A-Z]{5,}").doesNotContain("WROTE", "none");
        assertThat(targets)
                .filteredOn(path -> !before.containsKey(path))
                .allSatisfy(path -> assertThat(
                                Files.isRegularFile(path) && Files.isReadable(path) ? Files.readString(path) : "")
                        .doesNotContain("evil"));
        assertThat(guarded()).containsExactlyInAnyOrderEntriesOf(before);
        assertThat(CheckoutFingerprint.of(checkout)).isEqualTo(checkoutBefore);
        assertThat(CheckoutFingerprint.of(other)).isEqualTo(otherBefore);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("project", "other");
        assertThat(host.onTarget("a.txt")).isEqualTo("a");
    }

    @Test
    void cannotLeadTheHostToAnotherFileByALink() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim.txt"), "precious\n");

        run("echo a > a.txt; git add a.txt; admin=$(git rev-parse --git-dir); for f in COMMIT_EDITMSG logs/HEAD;"
                + " do rm -f \"$admin/$f\"; ln -s " + victim + " \"$admin/$f\"; done;"
                + " log=$(git rev-parse --git-path logs/refs/heads/feature/a); rm -f \"$log\"; ln -s " + victim
                + " \"$log\"");

        assertThat(victim).hasContent("precious");
        assertThat(host.onTarget("a.txt")).isEqualTo("a");
    }

    @Test
    void cannotMakeTheHostDeleteAnotherBranchThatItsOwnPointsTo() {
        String main = host.repository().write("mine.txt", "mine").commit("Ahead of the target");
        String script = "echo 'ref: refs/heads/main' > \"$ESPALIER_REPOSITORY/.git/refs/heads/feature/a\"";

        RunReport report = host.builder(Sandboxes.shell(script))
                .uncommittedWork(UncommittedWork.RESCUE)
                .build()
                .run(List.of(task("a", "a.txt")));

        assertThat(report.task("a").outcome()).isInstanceOf(TaskOutcome.Landed.class);
        assertThat(host.repository().resolve("refs/heads/main")).isEqualTo(main);
        assertThat(host.repository().git("branch", "--list", "feature/a")).isEmpty();
    }

    @Test
    void hasTemporaryFoldersOfItsOwn() throws IOException {
        Path secret = Files.createTempFile(Path.of("/tmp"), "espalier", ".txt");
        try {
            RunReport report = run(
                    "ls /tmp /var/tmp; test -e \"$1\" && echo SEEN; echo x > \"$1.new\" && echo private;"
                            + " test \"${TMPDIR:-/tmp}\" = /tmp || echo TMPDIR; ls /run; echo a > a.txt",
                    secret.toString());

            assertThat(printed(report)).contains("private").doesNotContain("SEEN", "TMPDIR", "espalier");
            assertThat(Path.of(secret + ".new")).doesNotExist();
        } finally {
            Files.delete(secret);
        }
    }
}
