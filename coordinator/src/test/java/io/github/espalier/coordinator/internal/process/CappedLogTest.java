package io.github.espalier.coordinator.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CappedLogTest {
    private static final int LIMIT = 1_000;
    private static final Duration QUIET = Duration.ofMillis(2_500);

    @TempDir
    Path folder;

    private final CompletableFuture<String> end = new CompletableFuture<>();
    private Path file;
    private CappedLog log;

    @BeforeEach
    void begin() throws IOException {
        file = Files.createFile(folder.resolve("agent.log"));
        log = new CappedLog(file, LIMIT);
    }

    @Test
    void isCutWhileItIsWrittenAndAgainAfterItWasQuiet() throws IOException {
        log.keep(end);
        print("early");
        awaitCut("early");
        await().pollDelay(QUIET).until(() -> true);

        print("late");

        awaitCut("late");
        end.complete("ended");
    }

    @Test
    void isCutWhenItsProcessHasEnded() throws IOException {
        print("last");

        log.keep(CompletableFuture.completedFuture("at once"));

        awaitCut("last");
    }

    @Test
    void goesOnWhereItWasDeleted() throws IOException {
        log.keep(end);
        Files.delete(file);
        await().pollDelay(QUIET).until(() -> true);

        Files.createFile(file);
        print("new");

        awaitCut("new");
        end.complete("ended");
    }

    private void print(String line) throws IOException {
        Files.writeString(file, (line + "\n").repeat(LIMIT), StandardOpenOption.APPEND);
    }

    private void awaitCut(String line) {
        await().untilAsserted(() -> assertThat(file)
                .satisfies(cut -> assertThat(Files.size(cut)).isLessThanOrEqualTo(LIMIT))
                .content()
                .contains("older output was dropped here")
                .endsWith(line + "\n"));
    }
}
