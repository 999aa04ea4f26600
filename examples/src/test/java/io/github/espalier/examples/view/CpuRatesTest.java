package io.github.espalier.examples.view;

import static io.github.espalier.examples.view.Statuses.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CpuRatesTest {
    private final CpuRates rates = new CpuRates();

    @Test
    void knowsNothingBeforeTheSecondReading() {
        assertThat(percent("a", 100, START)).isEmpty();
    }

    @Test
    void takesOneBusyCoreForAHundred() {
        percent("a", 100, START);

        assertThat(percent("a", 102, START.plusSeconds(1))).contains(200.0);
        assertThat(percent("a", 103, START.plusSeconds(3))).contains(50.0);
    }

    @Test
    void repeatsTheLastFigureWhereReadingsAreClose() {
        percent("a", 100, START);
        percent("a", 101, START.plusSeconds(1));

        assertThat(percent("a", 150, START.plusMillis(1250))).contains(100.0);
    }

    @Test
    void isNeverBelowZero() {
        percent("a", 100, START);

        assertThat(percent("a", 40, START.plusSeconds(1))).contains(0.0);
    }

    @Test
    void forgetsAnAgentThatHasEnded() {
        percent("a", 100, START);
        assertThat(rates.percent(Statuses.landed("a"), START.plusSeconds(1))).isEmpty();

        assertThat(percent("a", 100, START.plusSeconds(2))).isEmpty();
    }

    private Optional<Double> percent(String id, long cpuSeconds, Instant now) {
        return rates.percent(Statuses.running(id, "", Duration.ofSeconds(cpuSeconds), 1), now);
    }
}
