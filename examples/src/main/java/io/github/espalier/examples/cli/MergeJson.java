package io.github.espalier.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.worktree.MergeOutcome;

/** A merge's outcome in JSON. The tree is null where there are conflicts: none that is to be used was made. */
final class MergeJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private MergeJson() {}

    static ObjectNode of(MergeOutcome outcome) {
        ObjectNode json = JSON.objectNode();
        if (outcome instanceof MergeOutcome.Merged merged) {
            json.put("outcome", "merged").put("tree", merged.tree());
        } else if (outcome instanceof MergeOutcome.UpToDate upToDate) {
            json.put("outcome", "up-to-date").put("tree", upToDate.tree());
        } else {
            json.put("outcome", "conflicted").putNull("tree");
        }
        ArrayNode conflicts = json.putArray("conflicts");
        if (outcome instanceof MergeOutcome.Conflicted conflicted) {
            conflicted.conflicts().forEach(conflict -> conflicts.add(ConflictJson.of(conflict)));
        }
        return json;
    }
}
