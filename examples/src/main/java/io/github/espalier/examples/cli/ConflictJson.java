package io.github.espalier.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.Side;
import java.util.Optional;

/** A conflict in JSON: {@code {path, kind, base, ours, theirs}}, each side {@code {path, mode, blob}} or null. */
final class ConflictJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ConflictJson() {}

    static ObjectNode of(Conflict conflict) {
        ObjectNode json = brief(conflict);
        json.set("base", side(conflict.base()));
        json.set("ours", side(conflict.ours()));
        json.set("theirs", side(conflict.theirs()));
        return json;
    }

    /** Without the sides. */
    static ObjectNode brief(Conflict conflict) {
        return JSON.objectNode()
                .put("path", conflict.path())
                .put("kind", conflict.kind().word());
    }

    private static JsonNode side(Optional<Side> side) {
        return side.<JsonNode>map(there -> JSON.objectNode()
                        .put("path", there.path())
                        .put("mode", there.mode())
                        .put("blob", there.blob()))
                .orElseGet(JSON::nullNode);
    }
}
