package io.github.espalier.coordinator.internal;

import io.github.espalier.separator.Landing;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** How long it takes in a run from an agent's end until its work is on the target. Guarded by the run loop. */
final class LandingTimes {
    private final boolean landsAtOnce;
    private Duration sum = Duration.ZERO;
    private int count;

    /** @param landsAtOnce whether that is taken to be no time until one was seen */
    LandingTimes(boolean landsAtOnce) {
        this.landsAtOnce = landsAtOnce;
    }

    void add(Duration time) {
        sum = sum.plus(time);
        count++;
    }

    /**
     * What is about to land, and how long it takes until it has: as long as the mean of those before, less the time that has
     * gone by.
     *
     * @return empty: it is not known how long landings take
     */
    Optional<Landing> of(Collection<TaskState> states, Instant now) {
        if (count == 0 && !landsAtOnce) {
            return Optional.empty();
        }
        Duration mean = count == 0 ? Duration.ZERO : sum.dividedBy(count);
        Set<String> tasks = new HashSet<>();
        Duration longest = Duration.ZERO;
        for (TaskState state : states) {
            if (state.isUnlanded()) {
                tasks.add(state.task.id());
                Duration left = mean.minus(state.sinceAgentEnded(now).orElse(Duration.ZERO));
                longest = left.compareTo(longest) > 0 ? left : longest;
            }
        }
        return Optional.of(new Landing(tasks, longest));
    }
}
