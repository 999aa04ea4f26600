package io.github.espalier.separator.internal.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
    private static final List<String> FILES = List.of(
            "core/src/main/Parser.java",
            "core/src/main/Printer.java",
            "core/src/test/ParserTest.java",
            "docs/guide.md");

    private static Whereabouts of(Map<String, Double> files) {
        List<Guess> guesses = new ArrayList<>();
        files.forEach((path, probability) -> guesses.add(Guess.of(
                FILES.indexOf(path),
                Place.of(path),
                probability,
                new double[Feature.COUNT],
                new double[SharedFile.Feature.COUNT])));
        return Whereabouts.of(guesses);
    }

    @Test
    void tellsNeighboursInAFolderFromNeighboursInAModule() {
        Whereabouts parser = of(Map.of(FILES.get(0), 0.4));

        assertThat(parser.overlap(of(Map.of(FILES.get(0), 0.1)))).isEqualTo(new Whereabouts.Overlap(1, 1, 1));
        assertThat(parser.overlap(of(Map.of(FILES.get(1), 0.4)))).isEqualTo(new Whereabouts.Overlap(0, 1, 1));
        assertThat(parser.overlap(of(Map.of(FILES.get(2), 0.4)))).isEqualTo(new Whereabouts.Overlap(0, 0, 1));
        assertThat(parser.overlap(of(Map.of(FILES.get(3), 0.4)))).isEqualTo(new Whereabouts.Overlap(0, 0, 0));
        assertThat(parser.overlap(of(Map.of()))).isEqualTo(new Whereabouts.Overlap(0, 0, 0));
    }

    @Test
    void weighsByProbabilityAndIsTheSameTheOtherWayRound() {
        Whereabouts one = of(Map.of(FILES.get(0), 0.6, FILES.get(1), 0.2, FILES.get(3), 0.3));
        Whereabouts other = of(Map.of(FILES.get(0), 0.5, FILES.get(3), 0.5));

        Whereabouts.Overlap overlap = one.overlap(other);

        assertThat(other.overlap(one)).isEqualTo(overlap);
        assertThat(overlap.files()).isCloseTo(0.45 / (0.7 * Math.sqrt(0.5)), within(1e-12));
        assertThat(overlap.folders()).isCloseTo(0.55 / (Math.sqrt(0.73) * Math.sqrt(0.5)), within(1e-12));
    }

    @Test
    void takesTheFirstTwoFoldersForTheModule() {
        assertThat(Place.of("a/b/c/D.java").module())
                .isEqualTo(Place.of("a/b/E.java").module())
                .isNotEqualTo(Place.of("a/c/D.java").module());
        assertThat(Place.of("README.md")).isEqualTo(Place.of("LICENSE"));
        assertThat(Place.of("a/B.java").module()).isEqualTo(Place.of("a/B.java").folder());
    }
}
