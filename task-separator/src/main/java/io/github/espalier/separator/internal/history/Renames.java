package io.github.espalier.separator.internal.history;

import io.github.espalier.separator.DeclaredPath.Kind;
import io.github.espalier.separator.PathChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Tells moves among what was deleted and created: first what kept its content, then what kept its name, each where there is one
 * choice only. No content is read, so that it costs nothing; what was both renamed and edited is missed.
 */
final class Renames {
    private final Map<String, ObjectId> deleted = new LinkedHashMap<>();
    private final Map<String, ObjectId> created = new LinkedHashMap<>();

    void deleted(String path, ObjectId content) {
        deleted.put(path, content);
    }

    void created(String path, ObjectId content) {
        created.put(path, content);
    }

    List<PathChange> resolve() {
        List<PathChange> changes = new ArrayList<>();
        if (!deleted.isEmpty() && !created.isEmpty()) {
            pair((path, content) -> content.name(), changes);
            pair((path, content) -> path.substring(path.lastIndexOf('/') + 1), changes);
        }
        deleted.keySet().forEach(path -> changes.add(new PathChange(Kind.DELETE, path, Optional.empty())));
        created.keySet().forEach(path -> changes.add(new PathChange(Kind.CREATE, path, Optional.empty())));
        return changes;
    }

    private void pair(BiFunction<String, ObjectId, String> key, List<PathChange> changes) {
        Map<String, List<String>> before = byKey(deleted, key);
        Map<String, List<String>> after = byKey(created, key);
        before.forEach((value, from) -> {
            List<String> to = after.getOrDefault(value, List.of());
            if (from.size() == 1 && to.size() == 1) {
                changes.add(new PathChange(Kind.RENAME, from.get(0), Optional.of(to.get(0))));
                deleted.remove(from.get(0));
                created.remove(to.get(0));
            }
        });
    }

    private static Map<String, List<String>> byKey(
            Map<String, ObjectId> files, BiFunction<String, ObjectId, String> key) {
        Map<String, List<String>> byKey = new HashMap<>();
        files.forEach((path, content) -> byKey.computeIfAbsent(key.apply(path, content), any -> new ArrayList<>())
                .add(path));
        return byKey;
    }
}
