package io.github.espalier.coordinator.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.espalier.coordinator.FailureReason;
import io.github.espalier.coordinator.JournalDamagedException;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.separator.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a crash or a bad disk leaves of a journal: read rightly, or refused; never misread. */
class JournalTest {
    private static final int FLIPS = 25_000;

    @TempDir
    Path folder;

    private Path file;
    private byte[] whole;
    private List<JournalReader.Entry> entries;

    @BeforeEach
    void write() throws IOException {
        Path directory = folder.resolve("runs/one");
        try (Journal journal = Journal.create(folder, directory, Clock.systemUTC())) {
            journal.intent("run", Map.of("run", "one", "target", "main", "verified", true));
            journal.result("task", TaskFields.of(task()));
            journal.intent(
                    "worktree",
                    Map.of(
                            "task", "a",
                            "attempt", 1,
                            "directory", "/tmp/žluť \" \\ \n",
                            "branch", "task/a",
                            "base", "1".repeat(40)));
            journal.result("launch", Map.of("task", "a", "identity", Map.of("pid", "7", "boot.id", "x")));
            journal.intent("publish", Map.of("task", "a", "title", ",\"lineCrc32c\":\"00000000\"}"));
            journal.result("over", Map.of("success", false));
        }
        file = directory.resolve(Journal.FILE);
        whole = Files.readAllBytes(file);
        entries = JournalReader.read(file).entries();
    }

    private static Task task() {
        return Task.builder("a")
                .title("Title with \"quotes\" and \uD83D\uDCDD")
                .spec("# Spec\n\n- `src/A.java`\n")
                .declare("src/A.java:10-40", "create: b.txt", "rename: old/ -> new/", "src/**/*.ts", "C.java#method")
                .dependsOn("x", "y")
                .priority(3)
                .effort(Duration.ofMinutes(90))
                .build();
    }

    @Test
    void readsBackWhatWasWritten() {
        assertThat(entries)
                .extracting(JournalReader.Entry::step)
                .containsExactly("run", "task", "worktree", "launch", "publish", "over");
        assertThat(TaskFields.read(entries.get(1))).isEqualTo(task());
        assertThat(entries.get(2).get("directory")).isEqualTo("/tmp/žluť \" \\ \n");
        assertThat(entries.get(3).fields()).containsEntry("identity.boot.id", "x");
    }

    @Test
    void tellsByTheEndsOfAJournalCutAnywhereWhetherARunIsOver() throws IOException {
        for (int length = 1; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            Optional<RunRecord> read = RunRecord.read(file);

            assertThat(RunRecord.ended(file).map(RunRecord.Ended::endedAt)).isEqualTo(read.flatMap(RunRecord::endedAt));
        }
    }

    @Test
    void tellsOfARunThatIsOverWhateverComesAfterThat() throws IOException {
        try (Journal journal = Journal.reopen(file.resolveSibling(""), Clock.systemUTC())) {
            journal.result("release", Map.of("ref", "refs/espalier/held/main/one/a", "commit", "1".repeat(40)));
        }

        assertThat(RunRecord.ended(file)).map(RunRecord.Ended::run).contains("one");
    }

    @Test
    void readsTheWholeLinesOfAJournalCutAnywhere() throws IOException {
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            int lines = lines(length);
            boolean onlyBreakIsMissing = length < whole.length && whole[length] == '\n';

            JournalReader.Content content = JournalReader.read(file);

            assertThat(content.entries())
                    .as("cut at %s", length)
                    .isEqualTo(entries.subList(0, lines + (onlyBreakIsMissing ? 1 : 0)));
        }
    }

    private int lines(int length) {
        int lines = 0;
        for (int i = 0; i < length; i++) {
            lines += whole[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    @Test
    void goesOnWithAJournalCutAnywhere() throws IOException {
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            List<JournalReader.Entry> before = JournalReader.read(file).entries();

            try (Journal journal = Journal.reopen(folder.resolve("runs/one"), Clock.systemUTC())) {
                journal.result("recover", Map.of("host", "1-2"));
            }

            List<JournalReader.Entry> after = JournalReader.read(file).entries();
            assertThat(after.subList(0, before.size())).isEqualTo(before);
            assertThat(after).hasSize(before.size() + 1);
        }
    }

    @Test
    void neverMisreadsFlippedBits() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < FLIPS; i++) {
            byte[] damaged = whole.clone();
            int first = random.nextInt(whole.length * 8);
            int burst = random.nextBoolean() ? 1 : 1 + random.nextInt(32);
            for (int bit = first; bit < Math.min(first + burst, whole.length * 8); bit++) {
                if (bit == first || random.nextBoolean()) {
                    damaged[bit / 8] ^= (byte) (1 << (bit % 8));
                }
            }
            try {
                List<JournalReader.Entry> read =
                        JournalReader.parse(file, damaged).entries();
                assertThat(read).as("seed %s, flip %s", seed, i).isEqualTo(entries);
            } catch (JournalDamagedException e) {
                refused++;
                assertThat(e.file()).isEqualTo(file);
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void passesOverZerosThatACrashLeftBehindTheLastLine() throws IOException {
        byte[] padded = Arrays.copyOf(whole, whole.length + 4096);
        Files.write(file, padded);

        assertThat(JournalReader.read(file).entries()).isEqualTo(entries);
    }

    @Test
    void namesFileAndLineOfDamage() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(2, lines.get(2).replace("worktree", "worktrxx"));
        Files.write(file, lines);

        assertThatThrownBy(() -> JournalReader.read(file))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining(file + ":3");
    }

    @Test
    void refusesAJournalThatLacksALine() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.remove(2);
        Files.write(file, lines);

        assertThatThrownBy(() -> JournalReader.read(file)).isInstanceOf(JournalDamagedException.class);
    }

    static List<TaskOutcome> outcomes() {
        return List.of(
                new TaskOutcome.Landed("c", "t"),
                new TaskOutcome.Held("refs/x", "c", Path.of("/tmp/checkout"), "edited"),
                new TaskOutcome.Skipped("a", "did not land"),
                new TaskOutcome.TimedOut(Duration.ofMinutes(3)),
                new TaskOutcome.NothingToLand(),
                new TaskOutcome.Cancelled(),
                new TaskOutcome.Conflicted(List.of(), "a.txt"),
                new TaskOutcome.InstanceFailed(FailureReason.KILLED, "killed by signal 9"),
                new TaskOutcome.VerificationFailed("red", Optional.of(Path.of("/tmp/log"))));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void readsOutcomesBack(TaskOutcome outcome) throws IOException {
        Path directory = folder.resolve("runs/two");
        try (Journal journal = Journal.create(folder, directory, Clock.systemUTC())) {
            journal.result("outcome", OutcomeFields.of(outcome));
        }

        JournalReader.Entry entry =
                JournalReader.read(directory.resolve(Journal.FILE)).entries().get(0);

        assertThat(OutcomeFields.outcome(entry)).isEqualTo(outcome);
    }
}
