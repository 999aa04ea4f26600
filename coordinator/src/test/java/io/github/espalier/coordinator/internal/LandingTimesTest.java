package io.github.espalier.coordinator.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.separator.Landing;
import io.github.espalier.separator.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LandingTimesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private static TaskState ended(String id, Duration ago) {
        TaskState state = new TaskState(Task.builder(id).build());
        state.phase = TaskState.Phase.LANDING;
        state.ended(new InstanceEnd.Exited(0), NOW.minus(ago));
        return state;
    }

    @Test
    void takesAsLongAsThoseBeforeLessWhatHasGoneBy() {
        LandingTimes times = new LandingTimes(true);
        List<TaskState> states = List.of(
                ended("a", Duration.ofSeconds(1)),
                ended("b", Duration.ofSeconds(9)),
                new TaskState(Task.builder("c").build()));

        assertThat(times.of(states, NOW)).contains(new Landing(Set.of("a", "b"), Duration.ZERO));
        times.add(Duration.ofSeconds(2));
        times.add(Duration.ofSeconds(4));
        assertThat(times.of(states, NOW)).contains(new Landing(Set.of("a", "b"), Duration.ofSeconds(2)));
    }

    @Test
    void saysNothingBeforeOneWasSeenThatWasVerified() {
        LandingTimes times = new LandingTimes(false);

        assertThat(times.of(List.of(ended("a", Duration.ZERO)), NOW)).isEmpty();
        times.add(Duration.ofMinutes(2));
        assertThat(times.of(List.of(ended("a", Duration.ZERO)), NOW))
                .contains(new Landing(Set.of("a"), Duration.ofMinutes(2)));
    }
}
