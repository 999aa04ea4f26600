package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command line as a program of its own: what only a process has, an exit code, a terminal, a request to end. */
class ProgramTest extends CliTest {
    private Path printed;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void makeHost() {
        printed = folder.resolve("printed.txt");
    }

    @AfterEach
    void endPrograms() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void endsWithTheCommandsExitCode() throws Exception {
        Process program = start(program("status", "--repo", folder.toString()));

        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(program.exitValue()).isEqualTo(2);
        assertThat(printed).content().startsWith("espalier: " + folder + ": is in no git repository");
    }

    @Test
    void logsWhereAskedAndOnlyThere() throws Exception {
        String tasks = host.file("tasks.json", "[{\"id\": \"a\", \"files\": [\"a\"]}]");
        String agent = host.agent("echo a > a\n");

        Process program = start(program(host.runArguments("--tasks", tasks, "--agent", agent, "--log-level", "info")));

        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(program.exitValue()).isZero();
        assertThat(printed).content().contains("1 of 1 landed").contains(" INFO ", "Run begins", "Advanced target");
    }

    /** Two runs of one user at once would land over each other. */
    @Test
    void refusesASecondRunOnARepositoryThatIsBusy() throws Exception {
        Path begun = folder.resolve("begun");
        Path go = folder.resolve("go");
        String tasks = host.file("tasks.json", "[{\"id\": \"a\", \"files\": [\"a\"]}]");
        String agent =
                host.agent("echo a > a; touch '" + begun + "'; until [ -e '" + go + "' ]; do sleep 0.02; done\n");

        Process program = start(program(host.runArguments("--tasks", tasks, "--agent", agent)));
        Awaitility.await().atMost(1, TimeUnit.MINUTES).until(() -> Files.exists(begun));
        String refusal = host.run("--tasks", tasks, "--agent", "true").misuse();
        String shown = host.here("status").ended(0).out();
        Files.createFile(go);

        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(program.exitValue()).isZero();
        assertThat(refusal).contains(host.project());
        assertThat(shown).contains("Runs: 1\n", "under way, or cut short");
    }

    /** As with Ctrl-C: the run is cancelled, what the agent wrote is rescued, and the report is written. */
    @Test
    void losesNothingWhenItIsAskedToEnd() throws Exception {
        Path begun = folder.resolve("begun");
        Path report = folder.resolve("report.json");
        String tasks =
                host.file("tasks.json", "[{\"id\": \"a\", \"files\": [\"a\"]}, {\"id\": \"b\", \"files\": [\"a\"]}]");
        String mark = "600." + Math.floorMod(folder.hashCode(), 1_000_000);
        String agent = host.agent("echo half > a && touch '" + begun + "' && exec sleep " + mark + "\n");
        Checkout before = Checkout.of(host.repository().directory());

        Process program =
                start(program(host.runArguments("--tasks", tasks, "--agent", agent, "--report", report.toString())));
        Awaitility.await().atMost(1, TimeUnit.MINUTES).until(() -> Files.exists(begun));
        program.destroy();

        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(program.exitValue()).as(Files.readString(printed)).isNotZero();
        JsonNode tasksThen = CliHost.json(report).get("tasks");
        assertThat(tasksThen.findValuesAsText("outcome")).containsOnly("Cancelled");
        assertThat(host.repository().git("show", tasksThen.at("/0/rescue").asText() + ":a"))
                .isEqualTo("half");
        assertThat(Checkout.of(host.repository().directory())).isEqualTo(before);
        Awaitility.await()
                .atMost(1, TimeUnit.MINUTES)
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(process ->
                                process.info().commandLine().orElse("").endsWith("sleep " + mark)));
    }

    @Test
    void drawsATableOnATerminalInColour() throws Exception {
        String tasks = host.file("tasks.json", "[{\"id\": \"a\", \"files\": [\"a\"]}]");

        String drawn = onATerminal(
                "unset NO_COLOR; ", host.runArguments("--tasks", tasks, "--agent", host.agent("echo a > a\n")));

        assertThat(drawn)
                .contains("TASK ", "STATE ", "\u001b[K", "\u001b[J", "\u001b[1m", "\u001b[32m1 of 1 landed\u001b[0m");
        assertThat(drawn).doesNotContain("a: agent runs");
    }

    @Test
    void drawsATableOfBranchesThatLandWithoutColourWhereNoColorIsSet() throws Exception {
        host.branch("one", "one.txt", "1\n");

        String drawn =
                onATerminal("export NO_COLOR=1; ", "land", "--repo", host.project(), "--target", CliHost.TARGET, "one");

        assertThat(drawn)
                .contains("TASK ", "\u001b[K", "1 of 1 landed on roadmap")
                .containsPattern("one +done .* landed as [0-9a-f]{9}")
                .doesNotContain("one: landed as")
                .doesNotContainPattern("\u001b\\[\\d*m");
    }

    private String onATerminal(String preparation, String... arguments) throws Exception {
        Path script = Path.of("/usr/bin/script");
        Assumptions.assumeTrue(Files.isExecutable(script), "no script program to make a terminal");
        StringBuilder command = new StringBuilder("export TERM=xterm COLUMNS=100 LINES=20; ").append(preparation);
        for (String word : program(arguments)) {
            command.append(Words.quote(word)).append(' ');
        }

        Process program = start(List.of(script.toString(), "-qec", command.toString(), "/dev/null"));

        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(program.exitValue()).as(Files.readString(printed)).isZero();
        return Files.readString(printed);
    }

    private Process start(List<String> argv) throws IOException {
        Process process = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        started.add(process);
        return process;
    }

    private static List<String> program(String... arguments) {
        List<String> argv = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        argv.addAll(Arrays.asList(arguments));
        return argv;
    }
}
