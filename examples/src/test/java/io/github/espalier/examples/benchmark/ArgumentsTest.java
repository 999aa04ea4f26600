package io.github.espalier.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final Map<String, Integer> DEFAULTS = Map.of("files", 7, "rounds", 3);

    @Test
    void takesWhatIsGivenAndElseTheDefault() {
        Arguments arguments = Arguments.parse(DEFAULTS, "--json", "--files", "20");

        assertThat(arguments.json()).isTrue();
        assertThat(arguments.number("files", 1)).isEqualTo(20);
        assertThat(arguments.number("rounds", 1)).isEqualTo(3);
    }

    @Test
    void saysHowToCallIt() {
        assertThatThrownBy(() -> Arguments.parse(DEFAULTS, "--fils", "20"))
                .hasMessage("use: [--files N (7)] [--rounds N (3)] [--json]");
        assertThatThrownBy(() -> Arguments.parse(DEFAULTS, "--files")).hasMessageStartingWith("use: ");
        assertThatThrownBy(() -> Arguments.parse(DEFAULTS, "--files", "many")).hasMessageStartingWith("--files many: ");
        assertThatThrownBy(() -> Arguments.parse(DEFAULTS).number("files", 8))
                .hasMessage("--files 7: must be at least 8");
    }
}
