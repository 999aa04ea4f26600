package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code espalier recover} after {@code espalier run} was killed. */
@Timeout(120)
class RecoverCommandTest extends CliTest {
    private Path go;

    @BeforeEach
    void makeHost() {
        go = folder.resolve("go");
    }

    /** Two tasks, of which the second depends on the first, whose agent outlives the program. */
    private void killWhileTheFirstRuns(String... more) throws Exception {
        String tasks = host.file(
                "tasks.json",
                "[{\"id\": \"a\", \"files\": [\"a\"]}, {\"id\": \"b\", \"files\": [\"b\"], \"dependsOn\": [\"a\"]}]");
        Path begun = folder.resolve("begun");
        String agent =
                host.agent("touch '" + begun + "'; until [ -e '" + go + "' ]; do sleep 0.02; done; echo $1 > $1\n");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(host.runArguments("--tasks", tasks, "--agent", agent)));
        command.addAll(List.of(more));
        Process program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed.txt").toFile())
                .start();
        try {
            Awaitility.await().atMost(1, TimeUnit.MINUTES).until(() -> Files.exists(begun) || !program.isAlive());
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    private void letGo() throws IOException {
        Files.createFile(go);
    }

    @Test
    void landsWhatTheAgentGoesOnToDoAndTellsWhatRemains() throws Exception {
        killWhileTheFirstRuns();
        letGo();

        String out = host.here("recover").ended(1).out();

        assertThat(out).contains("landed as", "Had not started: b");
        assertThat(host.repository().git("show", "roadmap:a")).isEqualTo("a");
        assertThat(host.here("recover").ended(0).out()).startsWith("Nothing to recover");
    }

    @Test
    void goesOnWithWhatHadNotStartedWhereAnAgentIsGiven() throws Exception {
        killWhileTheFirstRuns();
        letGo();

        host.here("recover", "--agent", host.agent("echo $1 > $1\n")).ended(0);

        assertThat(host.repository().git("show", "roadmap:b")).isEqualTo("b");
    }

    @Test
    void onlyTellsWhatWouldBeDoneInADryRun() throws Exception {
        killWhileTheFirstRuns();
        String refs = host.repository().git("for-each-ref");

        String out = host.here("recover", "--dry-run").ended(0).out();

        assertThat(out).contains("a: its agent is waited for", "b: had not started");
        assertThat(host.repository().git("for-each-ref")).isEqualTo(refs);
        host.here("recover", "--survivors", "stop").ended(1);
    }

    @Test
    void landsNothingUnverifiedOfARunThatVerified() throws Exception {
        killWhileTheFirstRuns("--verify", "test -f a");
        letGo();

        assertThat(host.here("recover", "--verify", "no-such-check").misuse())
                .startsWith("cannot start \"no-such-check\": no such program on the PATH");

        String out = host.here("recover", "--verify", "test -f a").ended(1).out();

        assertThat(out).contains("landed as", "Had not started: b");
    }

    @Test
    void refusesWhatIsNoRepository() {
        assertThat(CliHost.elsewhere("recover", "--repo", folder.toString()).misuse())
                .contains("git repository");
    }
}
