package io.github.espalier.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.separator.Plan;
import java.util.Locale;

/** A plan in JSON, times as ISO 8601: {@code {places, makespan, bound, ratio, entries[]}}. */
final class PlanJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PlanJson() {}

    static ObjectNode of(Plan plan) {
        ObjectNode json = JSON.objectNode()
                .put("places", plan.places())
                .put("makespan", plan.makespan().toString())
                .put("bound", plan.bound().time().toString())
                .put("ratio", plan.ratio());
        ArrayNode entries = json.putArray("entries");
        plan.entries().forEach(entry -> entries.add(entry(entry)));
        return json;
    }

    private static ObjectNode entry(Plan.Entry entry) {
        ObjectNode json = JSON.objectNode()
                .put("task", entry.task())
                .put("place", entry.slot() + 1)
                .put("start", entry.start().toString())
                .put("end", entry.end().toString())
                .put("effort", entry.effort().source().name().toLowerCase(Locale.ROOT));
        ArrayNode waits = json.putArray("waits");
        entry.waits().forEach(wait -> waits.add(wait.describe()));
        return json;
    }
}
