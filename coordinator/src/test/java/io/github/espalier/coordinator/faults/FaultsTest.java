package io.github.espalier.coordinator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Kills at every step: {@code mvn -B verify -Pfaults}. {@code -Despalier.seed=N} repeats what chance gave, {@code
 * -Despalier.faults.minutes=N} sets how long it takes, {@code
 * -Despalier.faults.scenarios=HELD,CARRIED} and {@code -Despalier.faults.kinds=HOST_AFTER_GIT} pick some, {@code -Despalier.faults.from=N} goes on
 * where a run with the same seed was ended after so many. What a violation left lies in {@code target/faults}.
 */
@Tag("faults")
class FaultsTest {
    private static final int LEAST_KILLS = 1_000;
    /** Of so many steps one may be missed: a run under load may have some fewer than an undisturbed one. */
    private static final int MISSED = 50;

    @Test
    void losesNothingWhateverIsKilled() throws Exception {
        long seed = Long.getLong("espalier.seed", System.nanoTime());
        Duration time = Duration.ofMinutes(Integer.getInteger("espalier.faults.minutes", 95));
        System.out.println("faults: seed " + seed + ", " + time);
        FaultCampaign campaign = new FaultCampaign(
                Path.of("target", "faults"),
                seed,
                time,
                Integer.getInteger(
                        "espalier.faults.workers", 2 * Runtime.getRuntime().availableProcessors()));

        String scenarios = System.getProperty("espalier.faults.scenarios", "");
        campaign.count(
                scenarios.isEmpty()
                        ? Scenario.values()
                        : Arrays.stream(scenarios.split(",", -1))
                                .map(Scenario::valueOf)
                                .toArray(Scenario[]::new));
        String kinds = System.getProperty("espalier.faults.kinds", "");
        List<Trial> matrix = campaign.matrix().stream()
                .filter(trial -> kinds.isEmpty()
                        || List.of(kinds.split(",", -1))
                                .contains(trial.fault().kind().name()))
                .toList();
        int from = Integer.getInteger("espalier.faults.from", 0);
        Iterator<Trial> steps = matrix.listIterator(Math.min(from, matrix.size()));
        campaign.run(steps);
        boolean complete = !steps.hasNext();
        int missed = campaign.missed();
        campaign.run(campaign.atRandom());

        String summary = "faults: seed " + seed + ", " + campaign.summary() + "; " + matrix.size()
                + (from > 0 ? ", from the " + from + "th on," : "") + " steps of git and journal, "
                + (complete ? "each tried" : "not all reached in " + time);
        System.out.println(summary);
        assertThat(campaign.violations()).as(summary).isEmpty();
        if (scenarios.isEmpty() && kinds.isEmpty()) {
            assertThat(complete)
                    .as(summary + "; give it more minutes: -Despalier.faults.minutes=N")
                    .isTrue();
            assertThat(campaign.kills()).as(summary).isGreaterThanOrEqualTo(LEAST_KILLS);
            assertThat(campaign.neverMet()).as(summary).isEmpty();
            assertThat(missed).as(summary).isLessThanOrEqualTo(matrix.size() / MISSED);
            assertThat(campaign.collections()).as(summary).isPositive();
        }
    }
}
