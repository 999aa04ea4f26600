package io.github.espalier.examples.view;

import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.RunListener;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.TaskStatus;
import io.github.espalier.coordinator.TaskStatus.State;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where branches stand that land without agents, as their events tell: for a host that has no {@link
 * io.github.espalier.coordinator.Run} to ask. Thread-safe.
 */
public final class EventStatuses implements RunListener {
    private final Map<String, TaskStatus> statuses = new LinkedHashMap<>();

    /** One status a branch, in the order they were given; none before the run begins. */
    public synchronized List<TaskStatus> list() {
        return List.copyOf(statuses.values());
    }

    @Override
    public synchronized void onEvent(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            started.tasks()
                    .forEach(task -> statuses.put(
                            task, status(task, State.PENDING, Optional.empty(), Optional.empty(), Optional.empty())));
        } else if (event instanceof RunEvent.OfTask ofTask) {
            statuses.computeIfPresent(ofTask.task(), (task, before) -> after(before, ofTask));
        }
    }

    private static TaskStatus after(TaskStatus before, RunEvent.OfTask event) {
        Optional<Instant> startedAt = before.startedAt().or(() -> Optional.of(event.at()));
        if (event instanceof RunEvent.TaskFinished finished) {
            TaskOutcome outcome = finished.outcome();
            boolean good = outcome.success() || outcome instanceof TaskOutcome.NothingToLand;
            return status(
                    before.id(),
                    good ? State.COMPLETED : State.FAILED,
                    startedAt,
                    Optional.empty(),
                    Optional.of(outcome));
        }
        return status(before.id(), State.RUNNING, startedAt, Optional.of(EventText.describe(event)), Optional.empty());
    }

    private static TaskStatus status(
            String id,
            State state,
            Optional<Instant> startedAt,
            Optional<String> lastLine,
            Optional<TaskOutcome> outcome) {
        String phase = switch (state) {
            case PENDING -> "waiting";
            case RUNNING -> "landing";
            case COMPLETED, FAILED -> "done";
        };
        return new TaskStatus(id, "", state, phase, Optional.empty(), startedAt, Optional.empty(), lastLine, outcome);
    }
}
