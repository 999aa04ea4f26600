package io.github.espalier.separator.internal;

import io.github.espalier.separator.Footprint.Shape;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** From paths to tasks: finds every task that may conflict with a footprint, and few others. */
final class TouchIndex {
    /** Tasks by a path of theirs. */
    private final Map<String, Set<String>> exactly = new HashMap<>();

    /** Tasks by every folder around a path of theirs. */
    private final Map<String, Set<String>> below = new HashMap<>();

    private final Map<String, Glob> globs = new LinkedHashMap<>();
    private final Set<String> unknown = new LinkedHashSet<>();

    /** Folders, as they compare, with their spellings; most have one. */
    private final Map<String, Map<String, Set<String>>> spellings = new HashMap<>();

    /** The paths in order, for globs, which are rare. */
    private final NavigableMap<String, Set<String>> sorted;

    private record Glob(PathPattern pattern, Set<String> tasks) {}

    TouchIndex(Map<String, List<Conflicts.Placed>> placed) {
        placed.forEach(this::add);
        sorted = globs.isEmpty() ? new TreeMap<>() : new TreeMap<>(exactly);
    }

    private void add(String task, List<Conflicts.Placed> touches) {
        if (touches.isEmpty()) {
            unknown.add(task);
        }
        for (Conflicts.Placed touch : touches) {
            PathPattern pattern = touch.pattern();
            if (pattern.shape() == Shape.GLOB) {
                globs.computeIfAbsent(pattern.folded(), any -> new Glob(pattern, new LinkedHashSet<>()))
                        .tasks()
                        .add(task);
            } else {
                put(exactly, pattern.folded(), task);
                folders(pattern, (folded, spelled) -> {
                    put(below, folded, task);
                    put(spellings.computeIfAbsent(folded, any -> new HashMap<>(2)), spelled, task);
                });
            }
        }
    }

    private static void put(Map<String, Set<String>> map, String key, String task) {
        map.computeIfAbsent(key, any -> new HashSet<>(2)).add(task);
    }

    /** A folder, as it compares and as it is spelled. */
    @FunctionalInterface
    private interface Folder {
        void visit(String folded, String spelled);
    }

    private static void folders(PathPattern pattern, Folder folder) {
        String path = pattern.path();
        String folded = pattern.folded();
        int end = folded.lastIndexOf('/');
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            folder.visit(folded.substring(0, end), path.substring(0, slash));
            end = folded.lastIndexOf('/', end - 1);
        }
    }

    /** The tasks that may conflict with a footprint. */
    Set<String> near(List<Conflicts.Placed> touches) {
        Set<String> near = new LinkedHashSet<>(unknown);
        for (Conflicts.Placed touch : touches) {
            PathPattern pattern = touch.pattern();
            if (pattern.shape() == Shape.GLOB) {
                near.addAll(globs.getOrDefault(pattern.folded(), new Glob(pattern, Set.of()))
                        .tasks());
            } else {
                near.addAll(exactly.getOrDefault(pattern.folded(), Set.of()));
            }
            beside(pattern, near::addAll);
        }
        return near;
    }

    /** The known tasks that may conflict with a footprint, but for those that only have a path or glob in common with it. */
    Set<String> beside(List<Conflicts.Placed> touches) {
        Set<String> beside = new LinkedHashSet<>();
        touches.forEach(touch -> beside(touch.pattern(), beside::addAll));
        return beside;
    }

    private void beside(PathPattern pattern, Consumer<Collection<String>> found) {
        boolean isGlob = pattern.shape() == Shape.GLOB;
        if (isGlob) {
            sorted.subMap(pattern.head(), pattern.head() + Character.MAX_VALUE)
                    .values()
                    .forEach(found);
        } else {
            found.accept(below.getOrDefault(pattern.folded(), Set.of()));
        }
        folders(pattern, (folded, spelled) -> {
            found.accept(exactly.getOrDefault(folded, Set.of()));
            Map<String, Set<String>> spelledSo = spellings.getOrDefault(folded, Map.of());
            if (spelledSo.size() > 1) {
                spelledSo.forEach((other, tasks) -> {
                    if (!other.equals(spelled)) {
                        found.accept(tasks);
                    }
                });
            }
        });
        globs.forEach((folded, glob) -> {
            if (!(isGlob && folded.equals(pattern.folded())) && glob.pattern().meets(pattern)) {
                found.accept(glob.tasks());
            }
        });
    }
}
