package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.TaskReport;
import io.github.espalier.coordinator.TaskStatus;
import io.github.espalier.coordinator.Wait;
import io.github.espalier.coordinator.WaitReason;
import io.github.espalier.resources.Reservation;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.Worktree;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task on its way through a run. Guarded by the run loop. */
final class TaskState {
    /** Where a task is. */
    enum Phase {
        WAITING,
        STARTING,
        RUNNING,
        FINISHING,
        LANDING,
        HELD,
        CLEANING,
        DONE
    }

    private static final Logger log = LoggerFactory.getLogger(TaskState.class);

    final Task task;
    Phase phase = Phase.WAITING;
    int attempt;
    boolean timedOut;
    /** How often a conflict was not the end of it. */
    int conflicts;
    /** Whether its agent is being stopped in favour of another. */
    boolean setBack;
    /** When its agent was started, as a number that grows. */
    long started;

    final Set<String> setBackFor = new HashSet<>();

    @Nullable Reservation reservation;

    @Nullable Worktree worktree;

    @Nullable Instance instance;

    @Nullable Future<?> timeout;

    @Nullable TaskOutcome outcome;

    TaskOutcome.@Nullable Held held;

    @Nullable String commit;

    @Nullable String rescue;

    /** A resolution of its conflict that an earlier host had accepted, and not landed. */
    @Nullable String resolved;

    /** The commit whose conflict that resolves. */
    String resolvedTip = "";

    private final List<Wait> waits = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private OptionalInt exitCode = OptionalInt.empty();
    private @Nullable WaitReason waitReason;
    private @Nullable Instant waitingSince;
    private @Nullable Instant startedAt;
    private @Nullable Instant attemptAt;
    private @Nullable Instant agentEndedAt;
    private @Nullable Instant endedAt;

    TaskState(Task task) {
        this.task = task;
    }

    /** As an earlier host left it. */
    void restore(TaskRecord record) {
        attempt = record.attempt();
        startedAt = record.startedAt().orElse(null);
        attemptAt = startedAt;
        worktree = record.worktree().orElse(null);
        commit = record.tip().orElse(null);
        rescue = record.rescue().orElse(null);
        record.end().ifPresent(this::ended);
    }

    /** Notes what it waits for from now on; returns whether that is another reason than before. */
    boolean waitFor(WaitReason reason, Instant now) {
        if (reason.equals(waitReason)) {
            return false;
        }
        endWait(now);
        waitReason = reason;
        waitingSince = now;
        return true;
    }

    private void endWait(Instant now) {
        if (waitReason != null && waitingSince != null) {
            waits.add(new Wait(waitingSince, now, waitReason));
        }
        waitReason = null;
        waitingSince = null;
    }

    void begin(Instant now, Reservation room) {
        endWait(now);
        reservation = room;
        phase = Phase.STARTING;
        attempt++;
        worktree = null; // an earlier attempt's is not ours any more
        timedOut = false;
        setBack = false;
        attemptAt = now;
        if (startedAt == null) {
            startedAt = now;
        }
    }

    /** Its agent is gone: what was held for it is given back. */
    void ended(InstanceEnd end, Instant now) {
        agentEndedAt = now;
        ended(end);
    }

    private void ended(InstanceEnd end) {
        if (end instanceof InstanceEnd.Exited exited) {
            exitCode = OptionalInt.of(exited.exitCode());
        }
        releaseMachine();
    }

    void releaseMachine() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
        Reservation given = reservation;
        reservation = null;
        if (given != null) {
            try {
                given.close();
            } catch (RuntimeException | Error e) { // the host's code: the task's own work must go on
                log.atWarn().addKeyValue("task", task.id()).setCause(e).log("Could not give a reservation back");
            }
        }
    }

    void conclude(TaskOutcome what, Instant now) {
        endWait(now);
        outcome = what;
        endedAt = now;
    }

    void take(Work work) {
        work.commit().ifPresent(id -> commit = id);
        work.rescue().ifPresent(ref -> rescue = ref);
        note(work.notes());
    }

    void note(List<String> more) {
        notes.addAll(more);
    }

    /** How long ago its last attempt was begun; zero where none was, or where the host's clock went back. */
    Duration elapsed(Instant now) {
        Duration elapsed = attemptAt == null ? Duration.ZERO : Duration.between(attemptAt, now);
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }

    /** How long its work has been on its way; empty: its agent did not end in this run. */
    Optional<Duration> sinceAgentEnded(Instant now) {
        return Optional.ofNullable(agentEndedAt).map(ended -> Duration.between(ended, now));
    }

    /** Whether it takes one of the places that {@code maxInstances} bounds. */
    boolean takesPlace() {
        return phase == Phase.STARTING || phase == Phase.RUNNING;
    }

    /** Whether its agent has ended, and its work is on its way to the target; a conflict that is being resolved is not. */
    boolean isUnlanded() {
        return phase == Phase.LANDING || (phase == Phase.FINISHING && conflicts == 0);
    }

    boolean isLanded() {
        return phase == Phase.HELD || outcome instanceof TaskOutcome.Landed;
    }

    TaskStatus.State state() {
        if (outcome != null) {
            boolean good = outcome instanceof TaskOutcome.Landed || outcome instanceof TaskOutcome.NothingToLand;
            return good ? TaskStatus.State.COMPLETED : TaskStatus.State.FAILED;
        }
        return phase == Phase.WAITING ? TaskStatus.State.PENDING : TaskStatus.State.RUNNING;
    }

    /** The status but for what its instance would have to be asked for. */
    TaskStatus status() {
        return new TaskStatus(
                task.id(),
                task.title(),
                state(),
                phase.name().toLowerCase(Locale.ROOT),
                Optional.ofNullable(waitReason),
                Optional.ofNullable(startedAt),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(outcome));
    }

    TaskReport report(Instant now) {
        return new TaskReport(
                task.id(),
                task.title(),
                outcome == null ? new TaskOutcome.Cancelled() : outcome,
                Optional.ofNullable(worktree).map(Worktree::branch),
                Optional.ofNullable(worktree).map(Worktree::directory),
                Optional.ofNullable(worktree).map(Worktree::base),
                Optional.ofNullable(commit),
                Optional.ofNullable(rescue),
                exitCode,
                logFile(),
                attempt,
                Optional.ofNullable(startedAt),
                endedAt == null ? now : endedAt,
                waits,
                notes);
    }

    private Optional<Path> logFile() {
        return Optional.ofNullable(instance).flatMap(running -> running.log().file());
    }
}
