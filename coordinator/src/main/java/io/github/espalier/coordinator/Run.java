package io.github.espalier.coordinator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A run under way. Thread-safe. */
public interface Run extends AutoCloseable {
    /**
     * The run's id.
     *
     * @return unique in the repository
     */
    String id();

    /**
     * Waits for the end.
     *
     * @return the report
     * @throws CoordinatorException if the run itself broke; every agent was stopped then, and their worktrees are left
     * @throws InterruptedException if the waiting thread is interrupted; the run goes on
     */
    RunReport await() throws InterruptedException;

    /**
     * Waits for the end, but not longer than a time.
     *
     * @param time how long at most
     * @return the report; empty: the run goes on
     * @throws CoordinatorException as for {@link #await()}
     * @throws InterruptedException if the waiting thread is interrupted; the run goes on
     */
    Optional<RunReport> await(Duration time) throws InterruptedException;

    /**
     * The end, without waiting.
     *
     * @return completes with the report, or exceptionally with a {@link CoordinatorException}
     */
    CompletionStage<RunReport> completion();

    /**
     * Where every task stands.
     *
     * @return one status a task, in the order the tasks were given
     */
    List<TaskStatus> status();

    /**
     * How the run is expected to go on: when each task that is not over starts and ends, in which place, and what it waits
     * for. The same rule that starts tasks makes it, from where every task stands now; {@link RunEvent.Replanned} tells when
     * something went otherwise than was expected.
     *
     * @return the forecast; without entries if nothing is left to do, and for a run that starts no agents
     */
    Forecast forecast();

    /**
     * Starts nothing more and stops every agent; what they have written is rescued. Returns at once; idempotent. What was
     * being landed may still land.
     */
    void cancel();

    /** Cancels, and waits for the end. Idempotent. */
    @Override
    void close();
}
