package io.github.espalier.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.TestRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is secret in the environment of the host or of an agent is told nowhere, unless the agent tells it itself. */
@Timeout(120)
class SecretsTest {
    private static final String INHERITED = "inherited-4711-secret";
    private static final String GIVEN = "given-0815-secret";

    @TempDir
    Path folder;

    @Test
    void appearInNoLogJournalEventOrReport() throws Exception {
        TestRepository repository = TestHost.in(folder).repository();
        Path output = folder.resolve("output");
        ProcessBuilder host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SecretsHost.class.getName(),
                        repository.directory().toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        host.environment().put("SECRET_TOKEN", INHERITED);
        host.environment().put("TEST_GIVEN", GIVEN);

        int exitCode = host.start().waitFor();

        String told = Files.readString(output);
        assertThat(exitCode).as(told).isZero();
        assertThat(told)
                .contains("Started agent", "Landed[", "EXIT_CODE", "SETUP", "LAUNCH", "VerificationFailed", "done");
        for (Path file : files(repository.directory().resolve(".git/espalier"))) {
            told += new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        }
        assertThat(told)
                .contains("\"step\":\"launch\"")
                .doesNotContain(INHERITED)
                .doesNotContain(GIVEN);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }
}
