package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.coordinator.InstanceIdentity;
import io.github.espalier.coordinator.InstanceName;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a journal tells of one task: how far its last attempt came. Confined to the thread that reads it. */
final class TaskRecord {
    private final Task task;
    private int attempt;
    private Optional<Instant> startedAt = Optional.empty();
    private Optional<WorktreeRequest> request = Optional.empty();
    private Optional<Worktree> worktree = Optional.empty();
    private Optional<Path> launchFolder = Optional.empty();
    private Map<String, String> identity = Map.of();
    private Optional<InstanceEnd> end = Optional.empty();
    private Optional<TaskOutcome.Held> held = Optional.empty();
    private final List<Landing> landings = new ArrayList<>();
    private Optional<String> tip = Optional.empty();
    private Optional<String> rescue = Optional.empty();
    private Optional<TaskOutcome> outcome = Optional.empty();
    private String resolvedTip = "";
    private boolean removed;

    /**
     * A landing that was begun.
     *
     * @param tip the last commit of the task's branch
     * @param onto what it was made onto
     * @param commit what was to be published
     * @param tree its tree
     * @param at when
     */
    record Landing(String tip, String onto, String commit, String tree, Instant at) {}

    TaskRecord(Task task) {
        this.task = task;
    }

    void replay(JournalReader.Entry entry) {
        switch (entry.step()) {
            case "worktree" -> worktree(entry);
            case "launch" -> launch(entry);
            case "end" -> end = Optional.of(OutcomeFields.end(entry));
            case "hold" -> held = entry.isIntent() ? held : Optional.of(OutcomeFields.held(entry));
            case "land" -> {
                landings.add(new Landing(
                        entry.get("tip"),
                        entry.fields().getOrDefault("onto", ""),
                        entry.get("commit"),
                        entry.get("tree"),
                        Instant.parse(entry.get("at"))));
                tip = Optional.of(entry.get("tip"));
            }
            case "rescue" -> rescue = result(entry, "ref").or(() -> rescue);
            case "outcome" -> {
                outcome = Optional.of(OutcomeFields.outcome(entry));
                tip = result(entry, "tip").or(() -> tip);
            }
            case "resolve" -> resolving(entry);
            case "remove" -> removed = !entry.isIntent();
            default -> {
                // told for people, or read by RunRecord
            }
        }
    }

    private void worktree(JournalReader.Entry entry) {
        if (entry.isIntent()) {
            startedAt = startedAt.or(() -> Optional.of(Instant.parse(entry.get("at"))));
            attempt = Integer.parseInt(entry.get("attempt"));
            request = Optional.of(
                    new WorktreeRequest(Path.of(entry.get("directory")), entry.get("branch"), entry.get("base")));
            worktree = Optional.empty();
            launchFolder = Optional.empty();
            identity = Map.of();
            end = Optional.empty();
        } else {
            WorktreeRequest asked = request.orElseThrow();
            worktree = Optional.of(new Worktree(
                    Path.of(entry.get("directory")),
                    Path.of(entry.get("gitDirectory")),
                    asked.branch(),
                    asked.base(),
                    Boolean.parseBoolean(entry.get("adopted"))));
        }
    }

    private void resolving(JournalReader.Entry entry) {
        if (entry.isIntent()) {
            resolvedTip = entry.get("tip");
        }
    }

    private void launch(JournalReader.Entry entry) {
        if (entry.isIntent()) {
            launchFolder = Optional.of(Path.of(entry.get("folder")));
            return;
        }
        Map<String, String> properties = new LinkedHashMap<>();
        String prefix = "identity.";
        entry.fields().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                properties.put(name.substring(prefix.length()), value);
            }
        });
        identity = properties;
    }

    private static Optional<String> result(JournalReader.Entry entry, String field) {
        return entry.isIntent()
                ? Optional.empty()
                : Optional.ofNullable(entry.fields().get(field));
    }

    Task task() {
        return task;
    }

    /** The last attempt; 0: none was begun. */
    int attempt() {
        return attempt;
    }

    Optional<Instant> startedAt() {
        return startedAt;
    }

    /** The last worktree that was asked for. */
    Optional<WorktreeRequest> request() {
        return request;
    }

    /** It, if it was made. */
    Optional<Worktree> worktree() {
        return worktree;
    }

    /** The instance of the last attempt; empty: no launch was begun in its worktree. */
    Optional<InstanceIdentity> identity(String run) {
        InstanceName name = new InstanceName(run, task.id(), attempt);
        return launchFolder.map(folder -> new InstanceIdentity(
                name, identity.isEmpty() ? Map.of(InstanceIdentity.STATE_DIRECTORY, folder.toString()) : identity));
    }

    Optional<InstanceEnd> end() {
        return end;
    }

    Optional<TaskOutcome.Held> held() {
        return held;
    }

    /** The commits that were about to be published for it, in order. */
    List<Landing> landings() {
        return landings;
    }

    /** The one that was held; its host may have died before it wrote that down. */
    Optional<Landing> heldLanding() {
        Optional<Landing> last = landings.isEmpty() ? Optional.empty() : Optional.of(landings.get(landings.size() - 1));
        return held.map(TaskOutcome.Held::commit).flatMap(this::landing).or(() -> last);
    }

    /** The last one that was to publish a commit. */
    Optional<Landing> landing(String commit) {
        return landings.stream()
                .filter(landing -> landing.commit().equals(commit))
                .reduce((earlier, later) -> later);
    }

    /** Where its branch was when it was about to land, or at its outcome. */
    Optional<String> tip() {
        return tip;
    }

    Optional<String> rescue() {
        return rescue;
    }

    /** The landing that went through, if the outcome says that one did. */
    Optional<Landing> landed() {
        return outcome.filter(TaskOutcome.Landed.class::isInstance)
                .map(TaskOutcome.Landed.class::cast)
                .flatMap(done -> landing(done.commit()));
    }

    /** Which commit's conflict was last to be resolved; empty text: none's. */
    String resolvedTip() {
        return resolvedTip;
    }

    Optional<TaskOutcome> outcome() {
        return outcome;
    }

    /** Whether its worktree was taken away. */
    boolean removed() {
        return removed;
    }
}
