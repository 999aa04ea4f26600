package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code run} from tasks to exit code, with real git and real agents. */
class RunCommandTest extends CliTest {
    private static final String COMMIT = "echo by \"$1\" > \"$1.txt\" && git add -A && git commit -qm \"Work on $1\"\n";

    @Test
    void landsTheTasksOfAJsonFile() {
        String tasks = host.file("tasks.json", """
                [{"id": "a", "title": "First", "files": ["a.txt"]},
                 {"id": "b", "files": ["b.txt"]},
                 {"id": "c", "files": ["c.txt"], "dependsOn": ["a"]}]""");

        CliHost.Outcome outcome =
                host.run("--tasks", tasks, "--agent", host.agent(COMMIT)).ended(0);

        assertThat(outcome.out())
                .contains("3 of 3 landed on roadmap in ")
                .containsPattern("(?m)^\\d\\d:\\d\\d:\\d\\d run \\S+ begins: 3 tasks$")
                .containsPattern("(?m)^\\d\\d:\\d\\d:\\d\\d c: waits: .*\\ba\\b")
                .containsPattern("(?m)^\\d\\d:\\d\\d:\\d\\d a: landed as [0-9a-f]{40}$")
                .containsPattern("(?m)^a First$")
                .doesNotContain("\u001b");
        assertThat(host.onTarget("a.txt")).isEqualTo("by a");
        assertThat(host.onTarget("b.txt")).isEqualTo("by b");
        assertThat(host.onTarget("c.txt")).isEqualTo("by c");
        assertThat(folder).isDirectoryContaining(path -> path.endsWith("project"));
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
    }

    /** Two tasks of which nothing is known would wait for one another. */
    @Test
    void runsSideBySideWhatTheOptionsLet() {
        String tasks = host.file("unknown.json", "[{\"id\": \"u1\"}, {\"id\": \"u2\"}]");
        String agent = host.agent("echo $1 > $1.txt");

        CliHost.Outcome outcome =
                host.here("run", "--target", CliHost.TARGET, "--agent", agent, "--tasks", tasks, "--unknown-beside");

        assertThat(outcome.ended(0).out()).doesNotContain("is not known what");
    }

    @Test
    void keepsWorktreesInAPoolThatCanBeListedAndCleared() {
        String tasks = host.file("pooled.json", "[{\"id\": \"p\", \"files\": [\"p.txt\"]}]");
        host.run("--tasks", tasks, "--agent", host.agent(COMMIT), "--pool", "1").ended(0);

        assertThat(host.here("pool").ended(0).out())
                .containsPattern("^[0-9a-f]{40}  since \\S+Z  0\\.0 MiB  .*/tree\nWaiting: 1\n$");
        assertThat(host.here("pool", "--clear").ended(0).out()).endsWith("Removed: 1\n");
        assertThat(host.here("pool").ended(0).out()).isEqualTo("Waiting: 0\n");
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
    }

    @Test
    void landsTheSpecificationsOfAFolder() {
        host.file("specs/SPEC-065-parallel.md", "# Go side by side\n\nAdd `spec-065.txt`.\n");
        host.file("specs/us-7.md", "---\nfiles: [us-7.txt]\n---\n# Go on\n");
        String specs = folder.resolve("specs").toString();
        String agent = host.agent("head -1 \"$ESPALIER_SPEC\" > \"$1.txt\"\n");

        CliHost.Outcome outcome = host.run("--specs", specs, "--agent", agent).ended(0);

        assertThat(outcome.out()).contains("2 of 2 landed", "spec-065 Go side by side");
        assertThat(host.onTarget("spec-065.txt")).isEqualTo("# Go side by side");
        assertThat(host.onTarget("us-7.txt")).isEqualTo("---");
    }

    @Test
    void landsThePlannedWorkOfARoadmap() {
        String roadmap = host.file("ROADMAP.md", """
                # Roadmap

                ## PRIORITY 22: US-107 - what is done ✅ Complete

                Touch `us-107.txt`.

                ## PRIORITY 23: US-108 - what is next 📝 Planned

                Write `us-108.txt`.
                """);

        CliHost.Outcome outcome = host.run("--roadmap", roadmap, "--agent", host.agent("echo \"$1\" > us-108.txt\n"))
                .ended(0);

        assertThat(outcome.out()).contains("1 of 1 landed", "what is next").doesNotContain("us-107");
        assertThat(host.onTarget("us-108.txt")).isEqualToIgnoringCase("us-108");
    }

    @Test
    void endsWithOneIfSomethingDidNotLand() {
        String tasks = host.file(
                "tasks.json",
                "[{\"id\": \"good\", \"files\": [\"good.txt\"]}, {\"id\": \"bad\", \"files\": [\"bad.txt\"]}]");
        String agent = host.agent("echo half > \"$1.txt\"; [ \"$1\" = good ]\n");

        CliHost.Outcome outcome = host.run("--tasks", tasks, "--agent", agent).ended(1);

        assertThat(outcome.out())
                .contains("1 of 2 landed on roadmap")
                .contains("outcome   instance failed: exit code 1")
                .containsPattern("(?m)^  branch    feature/bad$")
                .contains("  worktree  " + folder.resolve("project-wtbad"))
                .containsPattern("(?m)^  rescue    refs/espalier/rescue/\\S+/bad/\\S+$")
                .containsPattern(
                        "(?m)^  next      see its log; what it had not committed is in: git show --stat refs/");
        assertThat(host.onTarget("good.txt")).isEqualTo("half");
        assertThat(folder.resolve("project-wtbad/bad.txt")).hasContent("half");
    }

    @Test
    void splitsTheAgentsCommandAsAShellAndRunsNone() {
        String tasks =
                host.file("tasks.json", "[{\"id\": \"a\", \"title\": \"It's $HOME; all\", \"files\": [\"a.txt\"]}]");
        String agent = host.file("agent.sh", "printf '<%s>' \"$@\" > a.txt\n");

        host.run("--tasks", tasks, "--agent", "sh " + agent + " --task={task} \"{title}\" 'x  y' $HOME '*' {branch}")
                .ended(0);

        assertThat(host.onTarget("a.txt")).isEqualTo("<--task=a><It's $HOME; all><x  y><$HOME><*><feature/a>");
    }

    @Test
    void findsTheAgentFromWhereTheCommandIsTyped() {
        String tasks = host.file("tasks.json", "[{\"id\": \"a\", \"files\": [\"a.txt\"]}]");
        Path script = Path.of(host.file("agent", "#!/bin/sh\necho \"$1\" > a.txt\n"));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Path relative = Path.of("").toAbsolutePath().relativize(script);

        host.run("--tasks", tasks, "--agent", relative + " {task}").ended(0);

        assertThat(host.onTarget("a.txt")).isEqualTo("a");
    }

    @Test
    void keepsHostileTextOffTheTerminal() {
        String tasks = host.file(
                "tasks.json", "[{\"id\": \"a\", \"title\": \"\\u001b[2Jclear\\nline\", \"files\": [\"a.txt\"]}]");

        CliHost.Outcome outcome =
                host.run("--tasks", tasks, "--agent", host.agent(COMMIT)).ended(0);

        assertThat(outcome.out()).doesNotContain("\u001b").contains("a ?[2Jclear line");
    }

    @Test
    void leavesAStashAloneAndFilesThatAreStaged() {
        host.repository().git("stash", "push", "--include-untracked", "--quiet");
        host.repository().write("staged.txt", "staged\n").git("add", "staged.txt");
        String tasks = host.file("tasks.json", "[{\"id\": \"a\", \"files\": [\"staged.txt\"]}]");

        host.run("--tasks", tasks, "--agent", host.agent("echo other > staged.txt\n"))
                .ended(0);

        assertThat(host.onTarget("staged.txt")).isEqualTo("other");
        assertThat(host.repository().git("stash", "list").lines()).hasSize(1);
        assertThat(Files.exists(folder.resolve("project-wta"))).isFalse();
    }
}
