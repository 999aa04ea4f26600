package io.github.espalier.coordinator;

import static io.github.espalier.coordinator.TestHost.TARGET;
import static io.github.espalier.coordinator.TestHost.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which runs are kept, and which are deleted. */
@Timeout(120)
class HistoryTest extends HostTest {
    private static final Duration YEAR = Duration.ofDays(365);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** An empty run, an hour after the last one. */
    private String run(int runs, Duration age) {
        return run(runs, age, "true");
    }

    private String run(int runs, Duration age, String script, String... files) {
        now = now.plus(Duration.ofHours(1));
        return host.builder(script)
                .history(runs, age)
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .build()
                .run(files.length == 0 ? List.of() : List.of(task("a", files)))
                .run();
    }

    private Path directory(String run) {
        return host.repository().directory().resolve(".git/espalier/runs").resolve(run);
    }

    private List<String> kept() {
        return RunHistory.of(GitRepository.open(host.repository().directory())).runs().stream()
                .map(RecordedRun::run)
                .toList();
    }

    @Test
    void keepsTheNewestRunsWithTheirLogs() {
        String first = run(2, YEAR, "echo printed; echo x > a.txt", "a.txt");
        assertThat(directory(first).resolve("a/1/output.log")).exists();
        String second = run(2, YEAR);
        String third = run(2, YEAR);

        assertThat(kept()).containsExactly(third, second);
        assertThat(directory(first)).doesNotExist();
        assertThat(host.onTarget("a.txt")).isEqualTo("x");
    }

    @Test
    void keepsNoRunThatEndedTooLongAgo() {
        run(100, YEAR);
        now = now.plus(Duration.ofDays(364));
        String second = run(100, YEAR);
        assertThat(kept()).hasSize(2);

        now = now.plus(Duration.ofDays(2));
        String third = run(100, YEAR);

        assertThat(kept()).containsExactly(third, second);
    }

    @Test
    void keepsWhatIsNotOver() throws IOException {
        String first = run(100, YEAR);
        Path journal = directory(first).resolve("journal.jsonl");
        List<String> lines = Files.readAllLines(journal);
        Files.write(journal, lines.subList(0, lines.size() - 1));

        String second = run(1, YEAR);
        String third = run(1, YEAR);

        assertThat(kept()).containsExactly(third, first);
        assertThat(directory(second)).doesNotExist();
    }

    @Test
    void keepsWhatCannotBeRead() throws IOException {
        String first = run(100, YEAR);
        Path journal = directory(first).resolve("journal.jsonl");
        Files.writeString(journal, Files.readString(journal).replaceFirst("\"host\"", "\"hast\""));

        run(1, Duration.ofMinutes(1));
        String third = run(1, Duration.ofMinutes(1));

        assertThat(directory(first)).isDirectory();
        assertThat(directory(third)).isDirectory();
        assertThat(directory(first).resolveSibling("").toFile().list()).hasSize(2);
    }

    @Test
    void keepsWhatIsDamagedBetweenItsEnds() throws IOException {
        String first = run(100, YEAR);
        Path journal = directory(first).resolve("journal.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        lines.set(lines.size() / 2, lines.get(lines.size() / 2).replace("seq", "sec"));
        Files.write(journal, lines);

        run(1, YEAR);

        assertThat(journal).exists();
    }

    @Test
    void keepsWhatWaitsToGoInUntilItIsIn() {
        host.repository().git("checkout", "-q", TARGET);
        host.repository().write("src/App.java", "my own edit\n");
        String first = run(100, YEAR, "echo changed > src/App.java", "src/App.java");
        run(1, YEAR);
        String third = run(1, YEAR);
        assertThat(kept()).containsExactly(third, first);

        host.repository().git("checkout", "-q", "--", "src/App.java");
        String fourth = run(1, YEAR);

        assertThat(host.repository().read("src/App.java")).isEqualTo("changed\n");
        assertThat(kept()).containsExactly(fourth);
    }

    @Test
    void followsNoLink() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(mine.resolve("file"), "mine");
        String first = run(100, YEAR);
        Files.createSymbolicLink(directory(first).resolve("link"), mine);

        run(1, YEAR);

        assertThat(directory(first)).doesNotExist();
        assertThat(mine.resolve("file")).hasContent("mine");
    }

    @Test
    void isAtLeastOneRun() {
        assertThatThrownBy(() -> host.builder("true").history(0, Duration.ZERO).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("0 runs")
                .hasMessageContaining("PT0S");
    }
}
