package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code status}, and what it shows of runs whose work is still to come in. */
class StatusCommandTest extends CliTest {
    @Test
    void showsARepositoryWithoutRuns() {
        String head = host.repository().head();

        assertThat(status()).isEqualTo("""
                Worktrees: 1
                  %s  main  %s
                Runs: 0
                Rescues: 0
                Held landings: 0
                """.formatted(host.project(), head));
        assertThat(folder.resolve("project/.git/espalier")).doesNotExist();
    }

    @Test
    void showsARescue() {
        String tasks = host.file("tasks.json", "[{\"id\": \"a\", \"files\": [\"a\"]}]");
        JsonNode report = host.report(1, "--tasks", tasks, "--agent", host.agent("echo half > a; exit 3\n"));
        String rescue = report.at("/tasks/0/rescue").asText();

        assertThat(status())
                .contains("Worktrees: 2")
                .contains("  " + folder.resolve("project-wta") + "  feature/a  ")
                .contains("Runs: 1")
                .contains("  " + report.get("run").asText() + "  on roadmap  ")
                .contains("    a: instance failed: exit code 3")
                .contains("Rescues: 1\n  " + rescue + "  " + host.repository().resolve(rescue) + "\n")
                .endsWith("Held landings: 0\n");
    }

    /** The user has the target out and edits the very file that a task changes. */
    @Test
    void showsALandingThatIsHeldUntilTheCheckoutCanFollow() {
        host.repository().git("stash", "push", "--include-untracked", "--quiet");
        host.repository().git("switch", "--quiet", CliHost.TARGET);
        host.repository().write("src/App.java", "// the user's own\n");
        String tasks = host.file("tasks.json", "[{\"id\": \"a\", \"files\": [\"src/App.java\"]}]");
        String agent = host.agent("echo '// by a' >> src/App.java\n");
        String tip = host.repository().resolve(CliHost.TARGET);

        CliHost.Outcome outcome = host.run("--tasks", tasks, "--agent", agent).ended(1);

        assertThat(outcome.out())
                .contains("0 of 1 landed on roadmap", "outcome   held: " + host.project())
                .containsPattern("(?m)^  held      refs/espalier/held/\\S+$")
                .containsPattern("(?m)^  next      commit or put away the edits in \\S+project; the next run on this"
                        + " target lands it, or: git merge refs/espalier/held/\\S+$");
        assertThat(host.repository().resolve(CliHost.TARGET)).isEqualTo(tip);
        assertThat(status())
                .contains("    a: held: " + host.project())
                .containsPattern("Held landings: 1\n  refs/espalier/held/\\S+  [0-9a-f]{40}\n$");

        host.repository().git("checkout", "--quiet", "--", "src/App.java");
        String more = host.file("more.json", "[{\"id\": \"b\", \"files\": [\"b\"]}]");
        CliHost.Outcome next =
                CliHost.elsewhere(host.runArguments("--tasks", more, "--agent", host.agent("echo b > b\n")));

        assertThat(next.ended(0).out()).contains("1 of 1 landed");
        assertThat(host.repository().read("src/App.java")).isEqualTo("class App {}\n// by a\n");
        assertThat(host.repository().read("b")).isEqualTo("b\n");
        assertThat(host.repository().git("status", "--porcelain")).isEmpty();
        assertThat(status()).contains("Runs: 2").endsWith("Held landings: 0\n");
    }

    @Test
    void showsAsManyRunsAsAsked() {
        String tasks = host.file("tasks.json", "[{\"id\": \"a\", \"files\": [\"a\"]}]");
        host.run("--tasks", tasks, "--agent", "true").ended(1);
        host.run("--tasks", tasks, "--agent", "true").ended(1);

        String shown = host.here("status", "--runs", "1").ended(0).out();

        assertThat(shown).contains("Runs: 2\n", "  and 1 more; see --runs\n");
        assertThat(shown.lines().filter(line -> line.contains("  on roadmap  ")))
                .hasSize(1);
        assertThat(status()).doesNotContain("more; see --runs");
    }

    @Test
    void showsTheLastLandingsNewestFirst() {
        Path room = folder.resolve("room");
        host.repository().git("worktree", "add", "--quiet", "--detach", room.toString());
        List<String> arguments = new ArrayList<>(List.of("--strategy", "ff"));
        for (int i = 1; i <= 11; i++) {
            String commit = TestRepository.at(room).write("b" + i, "b").commit("b" + i);
            host.repository().git("branch", "b" + i, commit);
            arguments.add("b" + i);
        }
        host.land(arguments.toArray(String[]::new)).ended(0);

        String shown = status();

        assertThat(shown).contains("Landings: 11\n", "  and 1 earlier\nRescues: 0\n");
        List<String> landings =
                shown.lines().filter(line -> line.contains("  on roadmap as ")).toList();
        assertThat(landings).hasSize(10);
        assertThat(landings.get(0))
                .matches("  \\S+/b11  b11  on roadmap as " + host.repository().resolve("b11") + "  \\S+Z");
    }

    @Test
    void saysThatAWorktreeIsMissing() throws IOException {
        Path linked = folder.resolve("linked");
        host.repository().git("worktree", "add", "--quiet", linked.toString());
        Files.move(linked, folder.resolve("moved"));

        assertThat(status()).contains("  " + linked + "  linked  ").contains(" (missing: ");
    }

    @Test
    void showsRescuesEvenIfAJournalIsDamaged() throws IOException {
        String tasks = host.file("tasks.json", "[{\"id\": \"a\", \"files\": [\"a\"]}]");
        JsonNode report = host.report(1, "--tasks", tasks, "--agent", host.agent("echo half > a; exit 3\n"));
        Path journal = folder.resolve("project/.git/espalier/runs")
                .resolve(report.get("run").asText())
                .resolve("journal.jsonl");
        Files.writeString(journal, Files.readString(journal).replaceFirst("roadmap", "roadmop"));

        CliHost.Outcome outcome = host.here("status");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("espalier: " + journal));
        assertThat(outcome.out())
                .contains("Worktrees: 2\n", "Runs: not readable\nRescues: 1\n")
                .contains(report.at("/tasks/0/rescue").asText());
    }

    @Test
    void refusesAPlaceThatIsNoRepository() {
        assertThat(host.espalier("status", "--repo", folder.toString()).misuse())
                .startsWith(folder + ": is in no git repository that git accepts");
        assertThat(host.here("status", "--runs", "few").misuse())
                .isEqualTo("Invalid value for option '--runs': 'few' is not an int; see 'espalier status --help'");
    }

    private String status() {
        return host.here("status").ended(0).out();
    }
}
