package io.github.espalier.examples.view;

import io.github.espalier.coordinator.InstanceUsage;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.TaskStatus;
import io.github.espalier.coordinator.TaskStatus.State;
import io.github.espalier.coordinator.WaitReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tasks in each state. */
final class Statuses {
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private Statuses() {}

    static TaskStatus waiting(String id) {
        WaitReason reason = new WaitReason(WaitReason.Kind.DEPENDENCY, "waits for us-1 to land");
        return status(id, State.PENDING, "waiting", Optional.of(reason), Optional.empty(), "", Optional.empty());
    }

    static TaskStatus running(String id, String lastLine, Duration cpu, long memory) {
        Optional<InstanceUsage> usage = Optional.of(new InstanceUsage(cpu, memory, 2));
        return status(id, State.RUNNING, "running", Optional.empty(), usage, lastLine, Optional.empty());
    }

    static TaskStatus landed(String id) {
        Optional<TaskOutcome> outcome = Optional.of(new TaskOutcome.Landed("c0ffee", "tree"));
        return status(id, State.COMPLETED, "landed", Optional.empty(), Optional.empty(), "bye", outcome);
    }

    static TaskStatus failed(String id) {
        Optional<TaskOutcome> outcome = Optional.of(new TaskOutcome.Cancelled());
        return status(id, State.FAILED, "cancelled", Optional.empty(), Optional.empty(), "", outcome);
    }

    private static TaskStatus status(
            String id,
            State state,
            String phase,
            Optional<WaitReason> wait,
            Optional<InstanceUsage> usage,
            String lastLine,
            Optional<TaskOutcome> outcome) {
        return new TaskStatus(
                id,
                "Title of " + id,
                state,
                phase,
                wait,
                state == State.PENDING ? Optional.empty() : Optional.of(START),
                usage,
                Optional.of(lastLine).filter(line -> !line.isEmpty()),
                outcome);
    }
}
