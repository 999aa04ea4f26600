package io.github.espalier.coordinator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.faults.Fault.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A few kills in every build, so that {@link FaultsTest} is known to work. */
class FaultsSmokeTest {
    private static final List<Trial> TRIALS = List.of(
            new Trial(Scenario.PLAIN, Fault.of(Kind.HOST_IN_JOURNAL_LINE, 9, 0), Optional.empty()),
            new Trial(
                    Scenario.CARRIED,
                    Fault.of(Kind.BOTH_DURING_GIT, 35, 1),
                    Optional.of(Fault.of(Kind.HOST_BEFORE_GIT, 9, 0))));

    @Test
    void losesNothingInAFewKills() throws Exception {
        FaultCampaign campaign =
                new FaultCampaign(Path.of("target", "faults-smoke"), 1, Duration.ofMinutes(2), TRIALS.size());
        campaign.prepare(Scenario.PLAIN, Scenario.CARRIED);

        campaign.run(TRIALS.iterator());

        assertThat(campaign.violations()).as(campaign.summary()).isEmpty();
        assertThat(campaign.kills()).as(campaign.summary()).isGreaterThanOrEqualTo(2);
        assertThat(campaign.neverMet()).as(campaign.summary()).isEmpty();
    }
}
