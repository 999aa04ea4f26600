package io.github.espalier.coordinator;

import io.github.espalier.separator.Plan;
import java.time.Instant;
import java.util.Optional;

/**
 * How a run is expected to go on, from what is known at one moment. It is made anew whenever it is asked for.
 *
 * @param at that moment; the plan's times count from it
 * @param plan what is under way and what is to come
 */
public record Forecast(Instant at, Plan plan) {
    /**
     * When all is expected to be over.
     *
     * @return the moment; {@link #at} if nothing is left to do
     */
    public Instant end() {
        return at.plus(plan.makespan());
    }

    /**
     * When a task is expected to start, or did.
     *
     * @param task its id
     * @return the moment; empty: it is over, or never starts
     */
    public Optional<Instant> start(String task) {
        return plan.entry(task).map(entry -> at.plus(entry.start()));
    }

    /**
     * When a task is expected to end.
     *
     * @param task its id
     * @return the moment; empty: it is over, or never starts
     */
    public Optional<Instant> end(String task) {
        return plan.entry(task).map(entry -> at.plus(entry.end()));
    }
}
