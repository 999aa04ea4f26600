package io.github.espalier.examples.view;

import static io.github.espalier.examples.view.Statuses.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TableFrameTest {
    private static final Instant NOW = START.plusSeconds(65);
    private static final Terminal.Size WIDE = new Terminal.Size(120, 24);

    private final TableFrame frame = new TableFrame(new Style(false));

    @Test
    void showsTaskStateTimeLoadMemoryAndWhatItWaitsFor() {
        TaskStatus running = Statuses.running("us-1", "editing", Duration.ofSeconds(10), 300L << 20);
        frame.lines(List.of(running), Map.of(), NOW.minusSeconds(10), WIDE);
        TaskStatus later = Statuses.running("us-1", "testing", Duration.ofSeconds(15), 300L << 20);

        List<String> lines = frame.lines(
                List.of(later, Statuses.waiting("us-2"), Statuses.landed("us-3")),
                Map.of("us-3", START.plusSeconds(5)),
                NOW,
                WIDE);

        assertThat(lines)
                .containsExactly(
                        "TASK                   STATE     TIME     CPU    MEMORY    LAST LINE, OR WHAT IT WAITS FOR",
                        "us-1 Title of us-1     running   1:05     50 %   300 MiB   testing",
                        "us-2 Title of us-2     waiting                             waits for us-1 to land",
                        "us-3 Title of us-3     landed    0:05                      landed as c0ffee");
    }

    @Test
    void leavesOutFiguresWhereTheTerminalIsNarrow() {
        List<String> lines = frame.lines(
                List.of(Statuses.running("us-1", "a long last line of the log", Duration.ZERO, 1)),
                Map.of(),
                NOW,
                new Terminal.Size(50, 24));

        assertThat(lines)
                .containsExactly(
                        "TASK                   STATE     LAST LINE, OR...",
                        "us-1 Title of us-1     running   a long last l...");
    }

    @Test
    void keepsColumnsInLineWhateverAnAgentPrints() {
        List<String> lines = frame.lines(
                List.of(
                        Statuses.running("日本語の長い長い長い仕事", "日本\u001b[2J\u0007", Duration.ZERO, 1),
                        Statuses.running("e\u0301", "\u202e", Duration.ZERO, 1)),
                Map.of(),
                NOW,
                WIDE);

        assertThat(lines).noneMatch(line -> line.chars().anyMatch(Character::isISOControl));
        assertThat(lines.subList(1, 3))
                .allSatisfy(line -> assertThat(DisplayText.width(line.substring(0, line.indexOf("running"))))
                        .isEqualTo(23));
    }

    @Test
    void showsThoseAtWorkFirstWhereNotAllFit() {
        List<TaskStatus> all = List.of(
                Statuses.landed("a"),
                Statuses.failed("b"),
                Statuses.waiting("c"),
                Statuses.running("d", "", Duration.ZERO, 1),
                Statuses.running("e", "", Duration.ZERO, 1));

        List<String> lines = frame.lines(all, Map.of(), NOW, new Terminal.Size(80, 6));

        assertThat(lines).hasSize(5).last().isEqualTo("and 2 more");
        assertThat(lines.subList(1, 4))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("d "),
                        line -> assertThat(line).startsWith("e "),
                        line -> assertThat(line).startsWith("c "));
    }

    @Property(tries = 300)
    void isNeverWiderNorTallerThanTheTerminal(
            @ForAll @IntRange(min = 1, max = 130) int columns,
            @ForAll @IntRange(min = 4, max = 30) int rows,
            @ForAll @IntRange(max = 40) int tasks) {
        List<TaskStatus> all = IntStream.range(0, tasks)
                .mapToObj(number -> Statuses.running("任務" + number, "日本\u001b語".repeat(9), Duration.ZERO, 1))
                .toList();

        List<String> lines = frame.lines(all, Map.of(), NOW, new Terminal.Size(columns, rows));

        assertThat(lines).hasSizeLessThan(rows);
        assertThat(lines).allSatisfy(line -> assertThat(DisplayText.width(line)).isLessThan(Math.max(2, columns)));
    }

    @Test
    void coloursWholeRowsByState() {
        List<String> lines = new TableFrame(new Style(true))
                .lines(List.of(Statuses.landed("a"), Statuses.failed("b")), Map.of(), NOW, WIDE);

        assertThat(lines.get(1)).startsWith("\u001b[32ma ").endsWith("\u001b[0m");
        assertThat(lines.get(2)).startsWith("\u001b[31mb ").endsWith("\u001b[0m");
    }
}
