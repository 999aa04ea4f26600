package io.github.espalier.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "90s, PT1M30S",
        "30m, PT30M",
        "1h30m, PT1H30M",
        "2d, PT48H",
        "500ms, PT0.5S",
        "1m500ms, PT1M0.5S",
        "1d1h1m1s1ms, PT25H1M1.001S",
        "PT1H30M, PT1H30M",
        "pt45m, PT45M",
        "P1D, PT24H",
        "' 10S ', PT10S",
    })
    void readsDurations(String text, Duration duration) {
        assertThat(Quantities.duration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0s",
                "0",
                "30",
                "-5m",
                "m",
                "1.5h",
                "5 m",
                "1m1h",
                "soon",
                "P",
                "PT0S",
                "PT-1S",
                "P1Y",
                "9999999999h",
                "PT99999999999999999999H",
                "٣m"
            })
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Quantities.duration(text))
                .isInstanceOf(MisuseException.class)
                .hasMessage("'" + text + "' is no duration over zero; write it as 90s, 30m, 1h30m or PT1H30M");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "10B, 10",
        "1K, 1024",
        "1KiB, 1024",
        "1kB, 1000",
        "500MB, 500000000",
        "1.5G, 1610612736",
        "1 GiB, 1073741824",
        "1gib, 1073741824",
        "2T, 2199023255552",
        "0.3, 0",
    })
    void readsSizes(String text, long bytes) {
        assertThat(Quantities.size(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GiB", "-1", "1,5G", "1PiB", "1.G", ".5G", "1GG", "999999999999999999T", "NaN"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> Quantities.size(text))
                .isInstanceOf(MisuseException.class)
                .hasMessage("'" + text + "' is no size; write it as 1GiB, 500MiB or a number of bytes");
    }

    @ParameterizedTest
    @CsvSource({"80, 80", "80%, 80", "99.5 %, 99.5", "100, 100", "0.1, 0.1"})
    void readsPercentages(String text, double percent) {
        assertThat(Quantities.percent(text)).isEqualTo(percent, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "0", "0.0", "100.1", "101", "-5", "1e1", "eighty", "NaN"})
    void refusesWhatIsNoPercentage(String text) {
        assertThatThrownBy(() -> Quantities.percent(text))
                .isInstanceOf(MisuseException.class)
                .hasMessage("'" + text + "' is no percentage over 0 and at most 100; write it as 80");
    }
}
