package io.github.espalier.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.ConflictDetail;
import io.github.espalier.worktree.ConflictHunk;
import io.github.espalier.worktree.ConflictLines;
import io.github.espalier.worktree.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A conflict in JSON: {@code {path, kind, base, ours, theirs}}, each side {@code {path, mode, blob}} or null; in a report also
 * {@code {hunks: [{base, ours, theirs}], ourCommits, theirCommits, patch, cut}}. Lines are {@code {start, count, lines,
 * commits}}, and a commit is {@code {commit, task}}.
 */
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

    /** With what is in it; where that is not known there are no hunks and commits, and the patch is null. */
    static ObjectNode of(Conflict conflict, TaskOutcome.Conflicted outcome) {
        ObjectNode json = of(conflict);
        Optional<ConflictDetail> detail = outcome.details().stream()
                .filter(one -> one.conflict().equals(conflict))
                .findFirst();
        ArrayNode hunks = json.putArray("hunks");
        detail.map(ConflictDetail::hunks).orElse(List.of()).forEach(hunk -> hunks.add(hunk(hunk, outcome.tasks())));
        json.set("ourCommits", commits(detail.map(ConflictDetail::ourCommits), outcome.tasks()));
        json.set("theirCommits", commits(detail.map(ConflictDetail::theirCommits), outcome.tasks()));
        return json.put("patch", detail.map(ConflictDetail::patch).orElse(null))
                .put("cut", detail.map(ConflictDetail::cut).orElse(null));
    }

    private static ObjectNode hunk(ConflictHunk hunk, Map<String, String> tasks) {
        ObjectNode json = JSON.objectNode();
        json.set("base", lines(hunk.base(), tasks));
        json.set("ours", lines(hunk.ours(), tasks));
        json.set("theirs", lines(hunk.theirs(), tasks));
        return json;
    }

    private static ObjectNode lines(ConflictLines lines, Map<String, String> tasks) {
        ObjectNode json = JSON.objectNode().put("start", lines.start()).put("count", lines.count());
        ArrayNode text = json.putArray("lines");
        lines.lines().forEach(text::add);
        json.set("commits", commits(Optional.of(lines.commits()), tasks));
        return json;
    }

    private static ArrayNode commits(Optional<List<String>> commits, Map<String, String> tasks) {
        ArrayNode json = JSON.arrayNode();
        commits.orElse(List.of())
                .forEach(commit -> json.addObject().put("commit", commit).put("task", tasks.get(commit)));
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
