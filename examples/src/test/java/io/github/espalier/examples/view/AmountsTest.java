package io.github.espalier.examples.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({"PT7S, 0:07", "PT12M30.9S, 12:30", "PT1H2M3S, 1:02:03", "PT-5S, 0:00", "PT100H, 100:00:00"})
    void showsAClock(Duration time, String text) {
        assertThat(Amounts.clock(time)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT0.84S, 0.8 s", "PT9.96S, 10.0 s", "PT42.9S, 42 s", "PT3M5S, 3 min 5 s", "PT61M, 61 min 0 s"})
    void namesDurations(Duration time, String text) {
        assertThat(Amounts.words(time)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "812, 812 B",
        "1023, 1.0 KiB",
        "1536, 1.5 KiB",
        "314572800, 300 MiB",
        "9223372036854775807, 8388608 TiB"
    })
    void showsSizes(long bytes, String text) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(text);
    }
}
