package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code run} refuses: exit code 2, one line that says what is wrong and how to mend it, and nothing is done. */
class RunMisuseTest {
    @TempDir
    static Path folder;

    private static CliHost host;

    private static String tasks;

    @BeforeAll
    static void makeHost() {
        host = CliHost.in(folder);
        tasks = host.file("tasks.json", "[{\"id\": \"a\", \"files\": [\"a\"]}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--frobnicate | Unknown option: '--frobnicate'; see 'espalier run --help'",
                "stray | Unmatched argument at index 9: 'stray'; see 'espalier run --help'",
                "--timeout=soon | --timeout: 'soon' is no duration over zero; write it as 90s, 30m, 1h30m or PT1H30M",
                "--timeout=0s | --timeout: '0s' is no duration over zero; write it as 90s, 30m, 1h30m or PT1H30M",
                "--disk=big | --disk: 'big' is no size; write it as 1GiB, 500MiB or a number of bytes",
                "--cpu=0 | --cpu: '0' is no percentage over 0 and at most 100; write it as 80",
                "--memory=101 | --memory: '101' is no percentage over 0 and at most 100; write it as 80",
                "--risk=no | --risk: 'no' is no percentage over 0 and at most 100; write it as 80",
                "--tolerate=../x | tolerated path \"../x\": leads out of the repository; name a path inside it",
                "--max-instances=4 | --max-instances 4 is above the ceiling of 3; add --ceiling 4 if the machine bears it",
                "--max-instances=0 | --max-instances 0 is too few; give at least 1",
                "--max-instances=two | Invalid value for option '--max-instances': 'two' is not an int; see 'espalier run --help'",
                "--strategy=octopus | Invalid value for option '--strategy': expected one of [MERGE, SQUASH, REBASE, FF] (case-insensitive) but was 'octopus'; see 'espalier run --help'",
                "--uncommitted=burn | Invalid value for option '--uncommitted': expected one of [COMMIT, RESCUE] (case-insensitive) but was 'burn'; see 'espalier run --help'",
                "--verify=no-such-check | cannot start \"no-such-check\": no such program on the PATH; install it, or give its full path",
                "--verify= | --verify is empty; give a program and its arguments",
                "--report=no/such/r.json | --report no/such/r.json: no file can be written there; name one in a folder that exists",
                "--specs=x | --specs=DIR, --tasks=FILE.json are mutually exclusive (specify only one); see 'espalier run --help'",
            })
    void refusesAnOption(String option, String message) {
        assertThat(refused("--agent", "true", "--tasks", tasks, option)).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | --agent is empty; give a program and its arguments",
                "no-such-agent {task} | cannot start \"no-such-agent\": no such program on the PATH; install it, or give its full path",
                "agent 'open | --agent: the command 'agent 'open' cannot be split into words: a quote is not closed; close it, or escape it with a backslash",
            })
    void refusesAnAgent(String agent, String message) {
        assertThat(refused("--agent", agent, "--tasks", tasks)).isEqualTo(message);
    }

    @Test
    void refusesAnAgentThatIsNoProgram() {
        assertThat(refused("--agent", tasks, "--tasks", tasks)).startsWith("cannot start \"" + tasks + "\": ");
    }

    @Test
    void asksForWhatIsMissing() {
        assertThat(refused("--tasks", tasks))
                .isEqualTo("Missing required option: '--agent='ARGV…''; see 'espalier run --help'");
        assertThat(refused("--agent", "true"))
                .isEqualTo("Missing required argument (specify one of these): (--specs=DIR | --roadmap=FILE |"
                        + " --tasks=FILE.json); see 'espalier run --help'");
        assertThat(host.here("run", "--agent", "true", "--tasks", tasks).misuse())
                .isEqualTo("Missing required option: '--target=B'; see 'espalier run --help'");
        assertThat(host.espalier().misuse())
                .isEqualTo(
                        "no command; say one of run, separate, status, recover, rescues, merge, probe, land, undo, demo; see 'espalier --help'");
    }

    @Test
    void refusesAPlaceThatIsNoRepository() {
        String plain = folder.toString();

        assertThat(host.espalier("run", "--repo", plain, "--target", "main", "--agent", "true", "--tasks", tasks)
                        .misuse())
                .startsWith(plain + ": is in no git repository that git accepts");
        assertThat(host.espalier(
                                "run", "--repo", plain + "/no", "--target", "main", "--agent", "true", "--tasks", tasks)
                        .misuse())
                .isEqualTo(plain + "/no: is not a directory; name a folder inside a git repository");
    }

    @Test
    void refusesATargetThatIsNotThere() {
        assertThat(host.espalier(
                                "run",
                                "--repo",
                                host.project(),
                                "--target",
                                "road",
                                "--agent",
                                "true",
                                "--tasks",
                                tasks)
                        .misuse())
                .isEqualTo("target branch road: does not exist or has no commit yet; create it with a first commit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                           | holds an empty array; give at least one task",
                "[{\"id\": \"a\"}, {\"id\": \"a\"}] | task \"a\" is there twice; give each task an id of its own",
                "[{\"id\": \"a\", \"dependsOn\": [\"z\"]}] | task \"a\" depends on \"z\", which is not among the tasks; add that task or drop the dependency",
                "[{\"id\": \"a\", \"dependsOn\": [\"b\"]}, {\"id\": \"b\", \"dependsOn\": [\"a\"]}] | tasks depend on each other in a circle: a -> b -> a; drop one of these dependencies",
                "[{\"name\": \"a\"}]           | task 0: field \"name\" is unknown; known are id, title, spec, files, dependsOn, priority, effort",
                "[{\"id\": \"a\"]              | tasks.json:1: no valid JSON: ",
            })
    void refusesTasks(String json, String message) {
        assertThat(refused("--agent", "true", "--tasks", host.file("wrong/tasks.json", json)))
                .contains(message);
    }

    @Test
    void refusesSpecificationsThatAreNotThere() {
        String empty = host.file("empty/read.txt", "").replace("/read.txt", "");
        String gone = folder.resolve("gone").toString();

        assertThat(refused("--agent", "true", "--specs", gone))
                .isEqualTo(gone + ": is no folder; name the folder that holds the specifications");
        assertThat(refused("--agent", "true", "--specs", empty))
                .isEqualTo(empty + " holds no *.md; name the folder of the specifications");
        assertThat(refused("--agent", "true", "--tasks", gone))
                .isEqualTo("--tasks " + gone + ": there is no such file; name a JSON file");
    }

    @Test
    void refusesARoadmapWithoutPlannedWork() {
        String gone = folder.resolve("gone").toString();
        String plain = host.file("plain.md", "# Nothing\n");
        String done = host.file("done.md", "## PRIORITY 1: US-1 - title ✅ Complete\n");

        assertThat(refused("--agent", "true", "--roadmap", gone))
                .isEqualTo("--roadmap " + gone + ": there is no such file; name a roadmap in Markdown");
        assertThat(refused("--agent", "true", "--roadmap", plain))
                .startsWith(plain + ": has no section like \"## PRIORITY 1: US-1 - title 📝 Planned\"");
        assertThat(refused("--agent", "true", "--roadmap", done))
                .isEqualTo(done + " has no planned work; mark a section's heading with 📝 Planned");
    }

    @Test
    void takesNothingOfAMessageForACommandOfTheTerminal() {
        String hostile = host.file("hostile.json", "[{\"id\": \"a\", \"dependsOn\": [\"\\u001b[2J\\n\\u202e\"]}]");

        assertThat(refused("--agent", "true", "--tasks", hostile))
                .isEqualTo("task \"a\" depends on \"?[2J \", which is not among the tasks; add that task or drop the"
                        + " dependency");
    }

    private static String refused(String... more) {
        String message = host.here("run", CliHost.followed(List.of("--target", CliHost.TARGET), more))
                .misuse();
        assertThat(host.repository().git("worktree", "list").lines()).hasSize(1);
        assertThat(host.repository().git("branch", "--list", "feature/*")).isEmpty();
        return message;
    }
}
