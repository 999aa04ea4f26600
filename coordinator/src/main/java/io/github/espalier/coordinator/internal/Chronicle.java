package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.coordinator.InstanceIdentity;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.worktree.Worktree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what becomes of tasks: to the journal, to listeners, to the log. Guarded by the run loop. */
final class Chronicle {
    private static final Logger log = LoggerFactory.getLogger(RunLoop.class);

    private final RunContext context;
    private final Consumer<CoordinatorException> whenUnwritable;

    /**
     * @param whenUnwritable a journal that cannot be written ends the run, but not the step that wanted to write
     */
    Chronicle(RunContext context, Consumer<CoordinatorException> whenUnwritable) {
        this.context = context;
        this.whenUnwritable = whenUnwritable;
    }

    void started(TaskState state, Instance instance) {
        InstanceIdentity identity = instance.identity();
        record("launch", state, Map.of("identity", identity.properties()));
        context.publish(now -> new RunEvent.InstanceStarted(now, state.task.id(), identity));
        log.atInfo()
                .addKeyValue("run", context.run())
                .addKeyValue("task", state.task.id())
                .addKeyValue("attempt", state.attempt)
                .addKeyValue(
                        "worktree",
                        Objects.requireNonNull(state.worktree, Worktree.class.getSimpleName())
                                .directory())
                .log("Started agent");
    }

    void ended(TaskState state, InstanceEnd end) {
        record("end", state, OutcomeFields.of(end));
        context.publish(now -> new RunEvent.InstanceEnded(now, state.task.id(), end));
        log.atInfo()
                .addKeyValue("task", state.task.id())
                .addKeyValue("end", end.describe())
                .log("Agent ended");
    }

    /** Something to be told, in the report too. */
    void noted(TaskState state, String note) {
        state.note(List.of(note));
        context.publish(now -> new RunEvent.Noted(now, state.task.id(), note));
    }

    void concluded(TaskState state, TaskOutcome outcome) {
        context.publish(now -> new RunEvent.TaskFinished(now, state.task.id(), outcome));
        log.atInfo()
                .addKeyValue("task", state.task.id())
                .addKeyValue("outcome", outcome.describe())
                .log("Task finished");
        Map<String, Object> fields = OutcomeFields.of(outcome);
        if (state.commit != null) {
            fields.put("tip", state.commit);
        }
        record("outcome", state, fields);
    }

    private void record(String step, TaskState state, Map<String, ?> fields) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("task", state.task.id(), "attempt", state.attempt));
        all.putAll(fields);
        try {
            context.journal().result(step, all);
        } catch (CoordinatorException e) {
            whenUnwritable.accept(e);
        }
    }
}
