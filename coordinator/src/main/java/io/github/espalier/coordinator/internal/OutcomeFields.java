package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.FailureReason;
import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.coordinator.TaskOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How an instance ended and what a task came to, as the journal's fields. */
final class OutcomeFields {
    private OutcomeFields() {}

    static Map<String, Object> of(InstanceEnd end) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("end", end.getClass().getSimpleName());
        if (end instanceof InstanceEnd.Exited exited) {
            fields.put("exitCode", exited.exitCode());
        } else if (end instanceof InstanceEnd.Stopped stopped) {
            fields.put("forcibly", stopped.forcibly());
        } else if (end instanceof InstanceEnd.Lost lost) {
            fields.put("reason", lost.reason());
        } else if (end instanceof InstanceEnd.Unknown unknown) {
            fields.put("reason", unknown.reason());
        }
        return fields;
    }

    static InstanceEnd end(JournalReader.Entry entry) {
        return switch (entry.get("end")) {
            case "Exited" -> new InstanceEnd.Exited(Integer.parseInt(entry.get("exitCode")));
            case "Stopped" -> new InstanceEnd.Stopped(Boolean.parseBoolean(entry.get("forcibly")));
            case "Lost" -> new InstanceEnd.Lost(entry.get("reason"));
            default -> new InstanceEnd.Unknown(entry.get("reason"));
        };
    }

    static Map<String, Object> of(TaskOutcome outcome) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("outcome", outcome.word());
        fields.put("detail", outcome.describe());
        if (outcome instanceof TaskOutcome.Landed landed) {
            fields.put("commit", landed.commit());
            fields.put("tree", landed.tree());
        } else if (outcome instanceof TaskOutcome.Conflicted conflicted) {
            fields.put("reason", conflicted.reason());
        } else if (outcome instanceof TaskOutcome.VerificationFailed failed) {
            fields.put("reason", failed.reason());
            failed.log().ifPresent(log -> fields.put("log", log));
        } else if (outcome instanceof TaskOutcome.InstanceFailed failed) {
            fields.put("reason", failed.reason());
            fields.put("failure", failed.detail());
        } else if (outcome instanceof TaskOutcome.TimedOut timedOut) {
            fields.put("limit", timedOut.limit());
        } else if (outcome instanceof TaskOutcome.Held held) {
            fields.put("ref", held.ref());
            fields.put("commit", held.commit());
            fields.put("checkout", held.checkout());
            fields.put("reason", held.reason());
        } else if (outcome instanceof TaskOutcome.Skipped skipped) {
            fields.put("dependency", skipped.dependency());
            fields.put("reason", skipped.reason());
        }
        return fields;
    }

    /** The outcome; a conflict without its paths, which the merge tells again at any time. */
    static TaskOutcome outcome(JournalReader.Entry entry) {
        return switch (entry.get("outcome")) {
            case "Landed" -> new TaskOutcome.Landed(entry.get("commit"), entry.get("tree"));
            case "Conflicted" -> new TaskOutcome.Conflicted(List.of(), entry.get("reason"));
            case "VerificationFailed" ->
                new TaskOutcome.VerificationFailed(
                        entry.get("reason"),
                        Optional.ofNullable(entry.fields().get("log")).map(Path::of));
            case "TimedOut" -> new TaskOutcome.TimedOut(Duration.parse(entry.get("limit")));
            case "Held" -> held(entry);
            case "Skipped" -> new TaskOutcome.Skipped(entry.get("dependency"), entry.get("reason"));
            case "NothingToLand" -> new TaskOutcome.NothingToLand();
            case "Cancelled" -> new TaskOutcome.Cancelled();
            default -> new TaskOutcome.InstanceFailed(FailureReason.valueOf(entry.get("reason")), entry.get("failure"));
        };
    }

    static TaskOutcome.Held held(JournalReader.Entry entry) {
        return new TaskOutcome.Held(
                entry.get("ref"), entry.get("commit"), Path.of(entry.get("checkout")), entry.get("reason"));
    }
}
