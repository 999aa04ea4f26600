package io.github.espalier.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TargetBranch.AdvanceOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host may itself have been started by git, for example in a hook: with variables that point to another repository. */
class HostEnvironmentTest {
    @TempDir
    Path folder;

    @Test
    void knowsEveryVariableThatGitCallsLocal() {
        TestRepository repository = TestRepository.create(folder.resolve("project"));

        assertThat(GitRepository.ENVIRONMENT)
                .containsAll(
                        repository.git("rev-parse", "--local-env-vars").lines().toList());
    }

    @Test
    void misleadsNothing() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("project"));
        TestRepository other = TestRepository.create(folder.resolve("other"));
        other.write("other.txt", "o").commit("other");
        String to = repository.git("commit-tree", "-m", "to", "-p", "HEAD", "HEAD^{tree}");
        CheckoutFingerprint before = CheckoutFingerprint.of(other.directory(), new String[0]);
        Path git = other.directory().resolve(".git");

        String output = host(
                Map.ofEntries(
                        Map.entry("GIT_DIR", git.toString()),
                        Map.entry("GIT_COMMON_DIR", git.toString()),
                        Map.entry("GIT_WORK_TREE", other.directory().toString()),
                        Map.entry("GIT_INDEX_FILE", git.resolve("index").toString()),
                        Map.entry("GIT_OBJECT_DIRECTORY", git.resolve("objects").toString()),
                        Map.entry("GIT_QUARANTINE_PATH", git.resolve("objects").toString()),
                        Map.entry("GIT_NAMESPACE", "elsewhere"),
                        Map.entry("GIT_PREFIX", "src/"),
                        Map.entry("GIT_ICASE_PATHSPECS", "1"),
                        Map.entry("GIT_NOGLOB_PATHSPECS", "1"),
                        Map.entry("GIT_TRACE", "1"),
                        Map.entry("GIT_CONFIG_PARAMETERS", "'core.worktree=/nowhere'"),
                        Map.entry("GIT_CONFIG_COUNT", "1"),
                        Map.entry("GIT_CONFIG_KEY_0", "core.bare"),
                        Map.entry("GIT_CONFIG_VALUE_0", "true"),
                        Map.entry("LC_ALL", "de_DE.UTF-8"),
                        Map.entry("LANGUAGE", "de")),
                repository.directory().toString(),
                repository.head(),
                to);

        assertThat(output).isEqualTo("added advanced removed");
        assertThat(repository.resolve("main")).isEqualTo(to);
        assertThat(repository.git("status", "--porcelain")).isEmpty();
        assertThat(CheckoutFingerprint.of(other.directory(), new String[0])).isEqualTo(before);
    }

    private static String host(Map<String, String> environment, String... arguments) throws Exception {
        List<String> argv = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                Stream.of(
                                "target/classes",
                                "target/test-classes",
                                System.getProperty("jdk.module.path"),
                                System.getProperty("java.class.path"))
                        .map(Optional::ofNullable)
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(System.getProperty("path.separator"))),
                Host.class.getName()));
        argv.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.strip();
    }

    /** A host program: adds a worktree, moves the target, and removes the worktree. */
    static final class Host {
        private Host() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) throws IOException {
            Path project = Path.of(arguments[0]);
            GitRepository repository = GitRepository.open(project);
            try (WorktreeManager worktrees = WorktreeManager.of(repository)) {
                Worktree worktree = worktrees.add(
                        new WorktreeRequest(project.resolveSibling("project-wt"), "feature/a", arguments[1]));
                System.out.print("added ");
                AdvanceOutcome outcome =
                        TargetBranch.of(repository, "main").advance(arguments[1], arguments[2], "host");
                System.out.print(outcome instanceof AdvanceOutcome.Advanced ? "advanced " : outcome + " ");
                worktrees.remove(worktree, Removal.keepingBranch());
                System.out.print("removed");
            }
        }
    }
}
