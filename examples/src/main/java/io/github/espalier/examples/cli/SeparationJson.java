package io.github.espalier.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.separator.ConflictReason;
import io.github.espalier.separator.Evidence;
import io.github.espalier.separator.Footprint;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskConflict;
import java.util.List;
import java.util.Locale;

/** A separation in JSON: {@code {valid, tasks[], independentPairs[], conflicts[], warnings[]}}. */
final class SeparationJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SeparationJson() {}

    static ObjectNode of(Separation separation) {
        ObjectNode json = JSON.objectNode().put("valid", separation.valid());
        ArrayNode tasks = json.putArray("tasks");
        separation.tasks().forEach(task -> tasks.add(task(task, separation.footprint(task.id()))));
        ArrayNode pairs = json.putArray("independentPairs");
        separation
                .independentPairs()
                .forEach(pair -> pairs.addArray().add(pair.first()).add(pair.second()));
        ArrayNode conflicts = json.putArray("conflicts");
        separation.conflicts().forEach(conflict -> conflicts.add(conflict(conflict)));
        ArrayNode warnings = json.putArray("warnings");
        separation.warnings().forEach(warning -> warnings.add(conflict(warning)));
        return json;
    }

    private static ObjectNode task(Task task, Footprint footprint) {
        ObjectNode json = JSON.objectNode()
                .put("id", task.id())
                .put("title", task.title())
                .put("known", footprint.isKnown())
                .put("priority", task.priority());
        ArrayNode dependencies = json.putArray("dependsOn");
        task.dependsOn().forEach(dependencies::add);
        ArrayNode touches = json.putArray("footprint");
        footprint.touches().forEach(touch -> touches.add(touch(touch)));
        return json;
    }

    private static ObjectNode touch(Footprint.Touch touch) {
        ObjectNode json = JSON.objectNode()
                .put("path", touch.path())
                .put("kind", touch.kind().name().toLowerCase(Locale.ROOT))
                .put("shape", touch.shape().name().toLowerCase(Locale.ROOT))
                .put("probability", touch.probability());
        json.set(
                "evidence",
                texts(touch.evidence().stream().map(Evidence::describe).toList()));
        return json;
    }

    private static ObjectNode conflict(TaskConflict conflict) {
        ObjectNode json = JSON.objectNode()
                .put("first", conflict.first())
                .put("second", conflict.second())
                .put("probability", conflict.probability());
        json.set(
                "reasons",
                texts(conflict.reasons().stream().map(ConflictReason::describe).toList()));
        return json;
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = JSON.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
