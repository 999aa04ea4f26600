package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.FailureReason;
import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.coordinator.TaskOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What an agent's end means for its task. */
final class Ends {
    private Ends() {}

    /** Its end. An instance whose launcher does not tell it may still be at work: it is lost. */
    static CompletionStage<InstanceEnd> of(Instance instance) {
        try {
            return instance.completion()
                    .handle((end, failure) ->
                            end == null ? new InstanceEnd.Lost("its end was not told: " + failure) : end);
        } catch (RuntimeException | Error e) { // the launcher's code
            return CompletableFuture.completedStage(new InstanceEnd.Lost("its end cannot be watched: " + e));
        }
    }

    /** Whether its work may land. */
    static boolean isGood(InstanceEnd end) {
        return end instanceof InstanceEnd.Exited exited && exited.exitCode() == 0;
    }

    /**
     * What a task comes to by an end that is not good.
     *
     * @param exceeded the time limit that it was stopped for
     * @param cancelled whether the run was cancelled
     */
    static TaskOutcome outcome(InstanceEnd end, Optional<Duration> exceeded, boolean cancelled) {
        if (end instanceof InstanceEnd.Lost) {
            return failed(FailureReason.LOST, end);
        } else if (exceeded.isPresent()) {
            return new TaskOutcome.TimedOut(exceeded.get());
        } else if (end instanceof InstanceEnd.Exited exited) {
            return failed(exited.killed() ? FailureReason.KILLED : FailureReason.EXIT_CODE, end);
        } else if (end instanceof InstanceEnd.Stopped) {
            return cancelled ? new TaskOutcome.Cancelled() : failed(FailureReason.KILLED, end);
        }
        return failed(FailureReason.UNKNOWN, end);
    }

    private static TaskOutcome failed(FailureReason reason, InstanceEnd end) {
        return new TaskOutcome.InstanceFailed(reason, end.describe());
    }
}
