package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words against the shell of this machine. */
class WordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "claude -p task",
                "  a\t b  ",
                "a''b",
                "''",
                "\"\"",
                "'a b' \"c d\" e\\ f",
                "--title='it is'\"'\"'so'",
                "'\\' '\"'",
                "\"a\\\"b\\\\c\\$d\\`e\\f\"",
                "\\'a\\\"",
                "'two\nlines' \"more\nlines\"",
                "'con\\\nstant' \"con\\\ntinued\" con\\\ntinued",
                "é '日本 語'",
            })
    void splitsAsTheShellDoes(String text) throws Exception {
        assertThat(Words.split(text)).isEqualTo(shell(text));
    }

    @Property(tries = 150)
    void splitsAnyMixtureOfQuotesAsTheShellDoes(@ForAll("mixtures") String text) throws Exception {
        List<String> words;
        try {
            words = Words.split(text);
        } catch (MisuseException e) {
            assertThat(e).hasMessageContaining("cannot be split");
            return;
        }
        assertThat(words).isEqualTo(shell(text));
    }

    @Property(tries = 200)
    void readsBackWhatItQuotes(@ForAll String word) {
        assertThat(Words.split(Words.quote(word))).containsExactly(word);
    }

    @Provide
    Arbitrary<String> mixtures() {
        return Arbitraries.strings().withChars(" \t'\"\\ab").ofMaxLength(12);
    }

    @Test
    void expandsNothing() {
        assertThat(Words.split("echo $HOME `id` $(id) * ~ a|b ; # {task}"))
                .containsExactly("echo", "$HOME", "`id`", "$(id)", "*", "~", "a|b", ";", "#", "{task}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'open", "a \"open", "\"open\\\"", "a 'b' 'c"})
    void refusesAQuoteThatIsNotClosed(String text) {
        assertThatThrownBy(() -> Words.split(text))
                .isInstanceOf(MisuseException.class)
                .hasMessage(
                        "the command '" + text
                                + "' cannot be split into words: a quote is not closed; close it, or escape it with a backslash");
    }

    @Test
    void refusesABackslashAtTheEnd() {
        assertThatThrownBy(() -> Words.split("agent \\"))
                .isInstanceOf(MisuseException.class)
                .hasMessageContaining("it ends in a backslash; double it, or drop it");
    }

    /** What the shell makes of the text: its words, each ended by a NUL. */
    private static List<String> shell(String text) throws IOException, InterruptedException {
        String script = "set -- " + text + "\nfor word do printf '%s\\0' \"$word\"; done";
        Process process = new ProcessBuilder("sh", "-c", script)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return output.isEmpty()
                ? List.of()
                : Arrays.asList(output.substring(0, output.length() - 1).split("\0", -1));
    }
}
