package io.github.espalier.separator;

import io.github.espalier.separator.internal.LearnedEfforts;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * How long agents are expected to take. What a task declares counts first with both that are here; a host's own may do
 * otherwise. Must be thread-safe, and tell the same of the same task.
 *
 * <pre>{@code
 * Schedule schedule = Schedule.of(separation, EffortEstimate.learned(past));
 * }</pre>
 */
@FunctionalInterface
public interface EffortEstimate {
    /**
     * The effort of a task.
     *
     * @param task the task
     * @return how long it is expected to take
     */
    Effort of(Task task);

    /**
     * What each task declares, else {@link Effort#DEFAULT}.
     *
     * @return the estimate
     */
    static EffortEstimate declared() {
        return task -> task.effort()
                .map(time -> new Effort(time, Effort.Source.DECLARED, List.of()))
                .orElseGet(() -> new Effort(Effort.DEFAULT, Effort.Source.DEFAULT, List.of()));
    }

    /**
     * What each task declares, else what tasks like it took: the median of the five that are most alike, weighted by how
     * alike they are. Tasks are alike by the terms of their titles, texts and declared paths, rare ones counting more
     * (tf–idf, cosine). If none is alike, the median of all; if there is none at all, {@link Effort#DEFAULT}.
     *
     * @param past what earlier tasks took
     * @return the estimate
     */
    static EffortEstimate learned(Collection<Past> past) {
        return new LearnedEfforts(past);
    }

    /**
     * A task that was done.
     *
     * @param task the task
     * @param took how long its agent ran; more than zero
     */
    record Past(Task task, Duration took) {}
}
