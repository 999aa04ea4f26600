package io.github.espalier.examples.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void isLiveAndColouredWhereSomebodyLooksOn() {
        Terminal terminal = Terminal.of(true, Map.of("TERM", "xterm-256color"));

        assertThat(terminal.live()).isTrue();
        assertThat(terminal.style().bold("text")).isEqualTo("\u001b[1mtext\u001b[0m");
    }

    @Test
    void hasNoColoursWithNoColor() {
        Terminal terminal = Terminal.of(true, Map.of("TERM", "xterm", "NO_COLOR", "1"));

        assertThat(terminal.live()).isTrue();
        assertThat(terminal.style().bold("text")).isEqualTo("text");
        assertThat(terminal.style().dim("text")).isEqualTo("text");
        assertThat(terminal.style().verdict(false, "text")).isEqualTo("text");
    }

    /** As no-color.org has it. */
    @Test
    void takesAnEmptyNoColorForNone() {
        assertThat(Terminal.of(true, Map.of("NO_COLOR", "")).style().colours()).isTrue();
    }

    @Test
    void isPlainInAPipeAndOnADumbTerminal() {
        assertThat(Terminal.of(false, Map.of("TERM", "xterm"))).satisfies(TerminalTest::plain);
        assertThat(Terminal.of(true, Map.of("TERM", "dumb"))).satisfies(TerminalTest::plain);
        assertThat(Terminal.none()).satisfies(TerminalTest::plain);
    }

    private static void plain(Terminal terminal) {
        assertThat(terminal.live()).isFalse();
        assertThat(terminal.style().colours()).isFalse();
        try (RunView view = RunView.on(terminal, new PrintWriter(Writer.nullWriter()))) {
            assertThat(view).isInstanceOf(LineView.class);
        }
    }

    @Test
    void takesItsSizeFromTheEnvironment() {
        assertThat(Terminal.of(true, Map.of("COLUMNS", "132", "LINES", "43")).size())
                .isEqualTo(new Terminal.Size(132, 43));
    }
}
