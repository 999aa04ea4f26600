package io.github.espalier.separator.internal;

import io.github.espalier.separator.Footprint.Shape;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From paths to tasks: finds every task that may conflict with a footprint, and few others. */
final class TouchIndex {
    /** Tasks by a path of theirs, and by every folder around it. */
    private final Map<String, Set<String>> below = new HashMap<>();

    private final Map<String, Set<String>> exactly = new HashMap<>();
    private final Map<PathPattern, String> globs = new HashMap<>();
    private final Set<String> unknown = new LinkedHashSet<>();

    /** Folders that were spelled in more than one way, by how they compare. */
    private final Map<String, Map<String, Set<String>>> spellings = new HashMap<>();

    void add(String task, List<Conflicts.Placed> touches) {
        if (touches.isEmpty()) {
            unknown.add(task);
        }
        for (Conflicts.Placed touch : touches) {
            PathPattern pattern = touch.pattern();
            if (pattern.shape() == Shape.GLOB) {
                globs.put(pattern, task);
            } else {
                put(exactly, pattern.folded(), task);
                put(below, pattern.folded(), task);
                folders(pattern, (folded, spelled) -> {
                    put(below, folded, task);
                    put(spellings.computeIfAbsent(folded, any -> new HashMap<>()), spelled, task);
                });
            }
        }
    }

    private static void put(Map<String, Set<String>> map, String key, String task) {
        map.computeIfAbsent(key, any -> new LinkedHashSet<>()).add(task);
    }

    /** A folder, as it compares and as it is spelled. */
    @FunctionalInterface
    private interface Folder {
        void visit(String folded, String spelled);
    }

    private static void folders(PathPattern pattern, Folder folder) {
        String path = pattern.path();
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            String spelled = path.substring(0, slash);
            folder.visit(PathPattern.fold(spelled), spelled);
        }
    }

    Set<String> near(List<Conflicts.Placed> touches) {
        Set<String> near = new LinkedHashSet<>(unknown);
        for (Conflicts.Placed touch : touches) {
            PathPattern pattern = touch.pattern();
            if (pattern.shape() == Shape.GLOB) {
                // A glob can meet anything: all are compared.
                exactly.values().forEach(near::addAll);
                near.addAll(globs.values());
            } else {
                near.addAll(below.getOrDefault(pattern.folded(), Set.of()));
                folders(pattern, (folded, spelled) -> {
                    near.addAll(exactly.getOrDefault(folded, Set.of()));
                    spellings.getOrDefault(folded, Map.of()).forEach((other, tasks) -> {
                        if (!other.equals(spelled)) {
                            near.addAll(tasks);
                        }
                    });
                });
                globs.forEach((glob, task) -> {
                    if (glob.meets(pattern)) {
                        near.add(task);
                    }
                });
            }
        }
        return near;
    }
}
