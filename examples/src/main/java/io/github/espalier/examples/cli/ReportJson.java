package io.github.espalier.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.TaskReport;
import io.github.espalier.coordinator.Wait;
import io.github.espalier.resources.ResourceStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A run's report in JSON. Every field is always there; what is not known or does not apply is null. Times are ISO 8601, UTC. */
final class ReportJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ReportJson() {}

    static ObjectNode of(RunReport report) {
        ObjectNode json = JSON.objectNode()
                .put("run", report.run())
                .put("success", report.success())
                .put("target", report.target())
                .put("startedAt", report.startedAt().toString())
                .put("endedAt", report.endedAt().toString());
        ArrayNode tasks = json.putArray("tasks");
        report.tasks().forEach(task -> tasks.add(task(task)));
        json.set("resources", resources(report.resources()));
        return json;
    }

    private static ObjectNode task(TaskReport task) {
        TaskOutcome outcome = task.outcome();
        ObjectNode json = JSON.objectNode()
                .put("id", task.id())
                .put("title", task.title())
                .put("outcome", outcome.word())
                .put("detail", outcome.describe())
                .put("branch", task.branch().orElse(null))
                .put("worktree", text(task.worktree()))
                .put("base", task.base().orElse(null))
                .put("commit", task.commit().orElse(null))
                .put("landed", landed(outcome).orElse(null))
                .put("rescue", task.rescue().orElse(null))
                .put("held", outcome instanceof TaskOutcome.Held held ? held.ref() : null)
                .put(
                        "exitCode",
                        task.exitCode().isPresent() ? (Integer) task.exitCode().getAsInt() : null)
                .put("log", text(task.log()))
                .put("attempts", task.attempts())
                .put("startedAt", task.startedAt().map(Instant::toString).orElse(null))
                .put("endedAt", task.endedAt().toString());
        ArrayNode waits = json.putArray("waits");
        task.waits().forEach(wait -> waits.add(wait(wait)));
        ArrayNode conflicts = json.putArray("conflicts");
        if (outcome instanceof TaskOutcome.Conflicted conflicted) {
            conflicted.conflicts().forEach(conflict -> conflicts.add(ConflictJson.of(conflict, conflicted)));
        }
        ArrayNode notes = json.putArray("notes");
        task.notes().forEach(notes::add);
        return json;
    }

    private static Optional<String> landed(TaskOutcome outcome) {
        return outcome instanceof TaskOutcome.Landed landed ? Optional.of(landed.commit()) : Optional.empty();
    }

    private static ObjectNode wait(Wait wait) {
        return JSON.objectNode()
                .put("since", wait.since().toString())
                .put("until", wait.until().toString())
                .put("reason", wait.reason().detail())
                .put("kind", wait.reason().kind().name());
    }

    private static ObjectNode resources(ResourceStatus status) {
        return JSON.objectNode()
                .put(
                        "cpuPercent",
                        status.cpuPercent().isPresent()
                                ? (Double) status.cpuPercent().getAsDouble()
                                : null)
                .put(
                        "memoryPercent",
                        status.memoryPercent().isPresent()
                                ? (Double) status.memoryPercent().getAsDouble()
                                : null)
                .put(
                        "freeDiskBytes",
                        status.freeDiskBytes().isPresent()
                                ? (Long) status.freeDiskBytes().getAsLong()
                                : null);
    }

    @SuppressWarnings("NullAway") // Jackson writes null for null
    private static String text(Optional<Path> path) {
        return path.map(Path::toString).orElse(null);
    }
}
