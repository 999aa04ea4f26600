package io.github.espalier.examples.view;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayTextTest {
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "abc, 3",
        "naïve, 5",
        "日本, 4",
        "한글, 4",
        "ｆｕｌｌ, 8",
        "📝 Planned, 10",
        "✅, 2",
        "→, 1",
        "½, 1",
        "𠀀, 2",
    })
    void countsColumnsAsTerminalsDo(String text, int columns) {
        assertThat(DisplayText.width(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({"e\u0301, 1", "a\u20dd, 1", "\u1112\u1161\u11ab, 2", "नि, 2"})
    void countsCombiningCharactersWithWhatTheyStandOn(String text, int columns) {
        assertThat(DisplayText.width(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "\u001b[31mred\u001b[0m,?[31mred?[0m",
                "'a\tb\r\nc','a b  c'",
                "a\u0007\u0000b,a??b",
                "a\u009bb,a?b",
                "\u202egpj.exe,gpj.exe",
                "a\u200bb\ufeff,ab",
                "a\u2028b\u2029c,a b c",
                "☎\ufe0f,☎",
                "👨\u200d👩\u200d👧,👨👩👧",
                "\ud800x,?x",
            })
    void leavesNothingThatATerminalWouldActOn(String text, String clean) {
        assertThat(DisplayText.clean(text)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({
        "abcdef, 6, abcdef",
        "abcdefg, 6, abc...",
        "abcdef, 3, ...",
        "abcdef, 2, ..",
        "abcdef, 0, ''",
        "日本語日本語, 7, 日本...",
        "日本語日本語, 8, 日本...",
        "日本語日本語, 9, 日本語...",
        "' padded ', 6, padded",
    })
    void cutsToColumns(String text, int columns, String cut) {
        assertThat(DisplayText.cut(text, columns)).isEqualTo(cut);
    }

    @Property
    void cleaningIsIdempotent(@ForAll("texts") String text) {
        String clean = DisplayText.clean(text);

        assertThat(DisplayText.clean(clean)).isEqualTo(clean);
        assertThat(clean.codePoints()).noneMatch(Character::isISOControl);
    }

    @Property
    void fillsExactlySoManyColumns(@ForAll("texts") String text, @ForAll @IntRange(max = 40) int columns) {
        assertThat(DisplayText.width(DisplayText.fit(text, columns))).isEqualTo(columns);
        assertThat(DisplayText.width(DisplayText.cut(text, columns))).isLessThanOrEqualTo(columns);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange('\u0000', '\u00ff')
                .withChars("日한\u0301\u1161\u200d\ufe0f\ud83d\ude00\u202e\u2028")
                .ofMaxLength(60);
    }
}
