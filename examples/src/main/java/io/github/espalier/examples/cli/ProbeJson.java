package io.github.espalier.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A probe in JSON. Every pair is there, also those without a conflict. */
final class ProbeJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ProbeJson() {}

    static ObjectNode of(Probe probe) {
        ObjectNode json = JSON.objectNode();
        ArrayNode branches = json.putArray("branches");
        probe.branches().forEach(branches::add);
        ArrayNode pairs = json.putArray("pairs");
        probe.pairs().forEach(pair -> pairs.add(pair(pair)));
        return json;
    }

    private static ObjectNode pair(Probe.Pair pair) {
        ObjectNode json = JSON.objectNode().put("a", pair.a()).put("b", pair.b());
        ArrayNode conflicts = json.putArray("conflicts");
        pair.conflicts().forEach(conflict -> conflicts.add(ConflictJson.brief(conflict)));
        return json;
    }
}
