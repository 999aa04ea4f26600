package io.github.espalier.coordinator.internal;

import io.github.espalier.separator.DeclaredPath;
import io.github.espalier.separator.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A task as the journal's fields, whole, so that a run can be continued without its host's memory. */
final class TaskFields {
    private TaskFields() {}

    static Map<String, Object> of(Task task) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("task", task.id());
        fields.put("title", task.title());
        fields.put("spec", task.spec());
        task.specFile().ifPresent(file -> fields.put("specFile", file.toAbsolutePath()));
        fields.put("declared", task.declared().stream().map(TaskFields::of).toList());
        fields.put("dependsOn", task.dependsOn());
        fields.put("priority", task.priority());
        task.effort().ifPresent(effort -> fields.put("effort", effort));
        return fields;
    }

    private static Map<String, Object> of(DeclaredPath path) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", path.kind());
        fields.put("path", path.path());
        path.renamedTo().ifPresent(to -> fields.put("renamedTo", to));
        path.region().ifPresent(region -> fields.put("region", region));
        return fields;
    }

    static Task read(JournalReader.Entry entry) {
        List<DeclaredPath> declared = IntStream.iterate(
                        0, index -> entry.fields().containsKey("declared." + index + ".path"), index -> index + 1)
                .mapToObj(index -> declared(entry, "declared." + index + "."))
                .toList();
        List<String> dependsOn = IntStream.iterate(
                        0, index -> entry.fields().containsKey("dependsOn." + index), index -> index + 1)
                .mapToObj(index -> entry.get("dependsOn." + index))
                .toList();
        return new Task(
                entry.get("task"),
                entry.get("title"),
                entry.get("spec"),
                field(entry, "specFile").map(Path::of),
                declared,
                new LinkedHashSet<>(dependsOn),
                Integer.parseInt(entry.get("priority")),
                field(entry, "effort").map(Duration::parse));
    }

    private static DeclaredPath declared(JournalReader.Entry entry, String prefix) {
        return new DeclaredPath(
                DeclaredPath.Kind.valueOf(entry.get(prefix + "kind")),
                entry.get(prefix + "path"),
                field(entry, prefix + "renamedTo"),
                field(entry, prefix + "region"));
    }

    private static Optional<String> field(JournalReader.Entry entry, String name) {
        return Optional.ofNullable(entry.fields().get(name));
    }
}
