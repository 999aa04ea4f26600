package io.github.espalier.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Batch BATCH = new Batch(3, Duration.ofSeconds(2));

    @Test
    void takesTheMedianOfTheRoundsRatios() {
        Comparison comparison = comparison(0.40, List.of(6, 9, 6), List.of(3, 3, 2));

        assertThat(comparison.ratio()).isEqualTo(1 / 3.0, within(1e-9));
        assertThat(comparison.good()).isTrue();
        assertThat(comparison.row())
                .contains("6.00 s", "3.00 s", "0.333", "0.40")
                .doesNotContain("MISSED");
    }

    @Test
    void saysThatALimitWasMissed() {
        Comparison comparison = comparison(0.40, List.of(6, 6), List.of(3, 2));

        assertThat(comparison.ratio()).isEqualTo(5 / 12.0, within(1e-9));
        assertThat(comparison.good()).isFalse();
        assertThat(comparison.row()).endsWith("MISSED");
        assertThat(comparison.json().get("good").booleanValue()).isFalse();
        assertThat(comparison.json().get("severalAtOnceSeconds")).hasSize(2);
    }

    @Test
    void knowsWhatNoScheduleCanBeat() {
        assertThat(Comparison.of(3, Duration.ZERO, 3, OptionalDouble.empty()).bound())
                .isEqualTo(1 / 3.0, within(1e-9));
        assertThat(Comparison.of(3, Duration.ZERO, 2, OptionalDouble.empty()).bound())
                .isEqualTo(2 / 3.0, within(1e-9));
        assertThat(Comparison.of(4, Duration.ZERO, 2, OptionalDouble.empty()).bound())
                .isEqualTo(0.5, within(1e-9));
    }

    @Test
    @Tag("benchmarks")
    void runsABatchOfRealAgents() {
        Comparison comparison = Comparison.of(2, Duration.ZERO, 2, OptionalDouble.empty());

        comparison.round(0);
        comparison.round(1);

        assertThat(comparison.single()).hasSize(2).allMatch(time -> time.compareTo(Duration.ZERO) > 0);
        assertThat(comparison.several()).hasSize(2);
        assertThat(comparison.json().get("limit").isNull()).isTrue();
    }

    private static Comparison comparison(double limit, List<Integer> single, List<Integer> several) {
        return new Comparison(
                BATCH,
                3,
                OptionalDouble.of(limit),
                single.stream().map(Duration::ofSeconds).toList(),
                several.stream().map(Duration::ofSeconds).toList());
    }
}
