package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeparateCommandTest {
    private static final String TASKS = """
            [{"id": "a", "title": "First", "files": ["src/App.java"]},
             {"id": "b", "spec": "Mend `App.java` and `src/Lib.java`.", "dependsOn": ["a"], "priority": 5},
             {"id": "c", "files": ["docs/**", "create: new.txt"]},
             {"id": "d", "spec": "Make it better."}]""";

    @TempDir
    static Path folder;

    private static CliHost host;

    @BeforeAll
    static void makeHost() {
        host = CliHost.in(folder);
    }

    @Test
    void tellsPeople() {
        assertThat(separateTasks(TASKS).ended(0).out()).isEqualTo("""
                a  First
                  src/App.java  declared (write)
                b  (after a)
                  src/App.java  named in the spec, line 1: App.java
                  src/Lib.java  named in the spec, line 1: src/Lib.java
                c
                  docs/**  declared (write)
                  new.txt  declared (create)
                d
                  unknown: nothing is declared and the specification names no path; so it goes alone
                2 of 6 pairs can go side by side
                       1  2  3  4
                  1  a
                  2  b x
                  3  c .  .
                  4  d x  x  x
                Conflicts: 4
                  a and b: both touch src/App.java
                  a and d: it is not known what d touches; declare its files
                  b and d: it is not known what d touches; declare its files
                  c and d: it is not known what d touches; declare its files
                """);
    }

    @Test
    void tellsPrograms() {
        JsonNode json = separateTasks(TASKS, "--json").ended(0).json();

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("valid", "tasks", "independentPairs", "conflicts", "warnings");
        assertThat(json.get("valid").booleanValue()).isFalse();
        assertThat(json.at("/tasks/1")).isEqualTo(CliHost.json("""
                {"id": "b", "title": "", "known": true, "priority": 5, "dependsOn": ["a"], "footprint": [
                  {"path": "src/App.java", "kind": "write", "shape": "file", "probability": 1.0,
                   "evidence": ["named in the spec, line 1: App.java"]},
                  {"path": "src/Lib.java", "kind": "write", "shape": "file", "probability": 1.0,
                   "evidence": ["named in the spec, line 1: src/Lib.java"]}]}"""));
        assertThat(json.at("/tasks/3/known").booleanValue()).isFalse();
        assertThat(json.get("independentPairs").toString()).isEqualTo("[[\"a\",\"c\"],[\"b\",\"c\"]]");
        assertThat(json.at("/conflicts/0/first").asText()).isEqualTo("a");
        assertThat(json.at("/conflicts/0/second").asText()).isEqualTo("b");
        assertThat(json.at("/conflicts/0/reasons/0").asText()).contains("src/App.java");
        assertThat(json.get("conflicts")).hasSize(4);
    }

    @Test
    void tellsThePlanToPeopleAndPrograms() {
        String tasks = """
                [{"id": "a", "files": ["x"], "effort": "10m"}, {"id": "b", "files": ["x"], "effort": "20m"},
                 {"id": "c", "files": ["y"]}]""";

        assertThat(separateTasks(tasks, "--plan").ended(0).out()).endsWith("""
                Plan for 2 at once: over after 0:30; no plan is shorter than 0:30
                  0:00 to 0:10  a (10m, declared)
                  0:00 to 0:30  c (30m, by default)
                  0:10 to 0:30  b (20m, declared); after a: both create x
                """);
        JsonNode plan = separateTasks(tasks, "--plan", "--json", "--max-instances", "1")
                .ended(0)
                .json()
                .get("plan");
        assertThat(plan.get("makespan").asText()).isEqualTo("PT1H");
        assertThat(plan.at("/entries/1/waits/0").asText()).startsWith("a: ");
    }

    @Test
    void writesAPageWithCharts() {
        Path page = folder.resolve("plan.html");
        separateTasks(TASKS, "--html", page.toString()).ended(0);

        assertThat(page).content().contains("<svg", "Plan for roadmap", "both touch src/App.java");
        String nowhere = folder.resolve("no/such/folder").toString();
        assertThat(separateTasks(TASKS, "--html", nowhere).misuse()).contains("cannot be written");
    }

    @Test
    void saysThatAllCanGoSideBySide() {
        String out = separateTasks("[{\"id\": \"a\", \"files\": [\"a\"]}, {\"id\": \"b\", \"files\": [\"b\"]}]")
                .ended(0)
                .out();

        assertThat(out).contains("1 of 1 pairs can go side by side").doesNotContain("Conflicts");
    }

    @Test
    void readsSpecificationsAndRoadmaps() {
        host.file("specs/us-1.md", "# One\n\nTouch `src/App.java`.\n");
        String roadmap = host.file("ROADMAP.md", "## PRIORITY 1: US-2 - two 📝 Planned\n\nTouch `src/Lib.java`.\n");

        assertThat(separate("--specs", folder.resolve("specs").toString())
                        .ended(0)
                        .out())
                .contains("us-1  One", "src/App.java");
        assertThat(separate("--roadmap", roadmap).ended(0).out()).contains("src/Lib.java");
    }

    @Test
    void shortensWhatIsLong() {
        String files = IntStream.rangeClosed(1, 25)
                .mapToObj(number -> "\"f" + number + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
        String tasks = IntStream.rangeClosed(1, 13)
                .mapToObj(number -> "{\"id\": \"t" + number + "\", \"files\": " + files + "}")
                .collect(Collectors.joining(", ", "[", "]"));

        String out = separateTasks(tasks).ended(0).out();

        assertThat(out)
                .contains(
                        "  f20  declared (write)\n  and 5 more\nt2\n",
                        "0 of 78 pairs can go side by side\nConflicts: 78\n")
                .contains("; and 22 more\n")
                .doesNotContain("f21");
    }

    @Test
    void keepsHostileTextOffTheTerminal() {
        String out = separateTasks(
                        "[{\"id\": \"\\u202ea\", \"title\": \"\\u001b[2J\\nx\", \"spec\": \"Mend `b.txt`\\u0007.\"}]")
                .ended(0)
                .out();

        assertThat(out).startsWith("a  ?[2J x\n  b.txt  named in the spec, line 1: b.txt\n");
    }

    @Test
    void runsNothing() {
        separateTasks(TASKS).ended(0);

        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
        assertThat(folder.resolve("project/.git/espalier")).doesNotExist();
    }

    /** In a repository of its own: reading the past leaves a cache. */
    @Test
    void predictsWhatNoTaskNames(@TempDir Path place) {
        CliHost own = CliHost.in(place);
        own.repository().git("checkout", "-q", CliHost.TARGET);
        own.repository().write("src/Parser.java", "class Parser {}\n").commit("Parse quotes");
        own.repository().write("src/Parser.java", "class Parser { int q; }\n").commit("Parse escaped quotes");
        String tasks = own.file(
                "tasks.json",
                "[{\"id\": \"a\", \"title\": \"Parse nested quotes\"}, {\"id\": \"b\", \"title\": \"Parse empty quotes\"},"
                        + " {\"id\": \"c\", \"files\": [\"new.txt\"]}]");

        String out = own.here("separate", "--target", CliHost.TARGET, "--tasks", tasks, "--risk", "1")
                .ended(0)
                .out();

        assertThat(out)
                .containsPattern("(?m)^a  Parse nested quotes\n  src/Parser.java  0\\.\\d\\d: .*past change")
                .containsPattern("(?m)^  a and b, 0\\.\\d\\d: both may touch src/Parser.java")
                .contains("Conflicts: 1\n");
    }

    @Test
    void toleratesFilesAndTasksThatNobodyKnows() {
        String tasks =
                "[{\"id\": \"a\", \"files\": [\"CHANGELOG.md\"]}, {\"id\": \"b\", \"files\": [\"CHANGELOG.md\"]},"
                        + " {\"id\": \"c\", \"title\": \"Polish\"}]";

        assertThat(separateTasks(tasks).ended(0).out()).contains("0 of 3 pairs");
        assertThat(separateTasks(tasks, "--tolerate", "CHANGELOG.md").ended(0).out())
                .contains("1 of 3 pairs");
        assertThat(separateTasks(tasks, "--unknown-beside").ended(0).out()).contains("2 of 3 pairs");
    }

    @Test
    void refusesMisuse() {
        assertThat(separate("--tasks", "t.json", "--risk", "0").misuse())
                .isEqualTo("--risk: '0' is no percentage over 0 and at most 100; write it as 80");
        String tasks = host.file("tasks.json", "[{\"id\": \"a\"}, {\"id\": \"a\"}]");

        assertThat(separate("--tasks", tasks).misuse())
                .isEqualTo("task \"a\" is there twice; give each task an id of its own");
        assertThat(separate().misuse()).startsWith("Missing required argument (specify one of these): ");
        assertThat(host.here("separate", "--target", "road", "--tasks", tasks).misuse())
                .isEqualTo("target branch road: does not exist or has no commit yet; create it with a first commit");
    }

    private static CliHost.Outcome separateTasks(String tasks, String... more) {
        return separate(CliHost.followed(List.of("--tasks", host.file("tasks.json", tasks)), more));
    }

    private static CliHost.Outcome separate(String... more) {
        return host.here("separate", CliHost.followed(List.of("--target", CliHost.TARGET), more));
    }
}
