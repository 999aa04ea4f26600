package io.github.espalier.separator.internal;

import io.github.espalier.separator.Footprint.Shape;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;

/**
 * From paths to tasks: finds every task that may conflict with a footprint, and few others. Folders matter only where one is
 * touched as a whole, or spelled in more than one way; all others are left out.
 */
final class TouchIndex {
    /** Tasks by a path of theirs. */
    private final Map<String, List<String>> exactly = new HashMap<>();

    private final Map<String, Glob> globs = new LinkedHashMap<>();
    private final Set<String> unknown = new LinkedHashSet<>();

    /** By folder as it is spelled: those that matter of it and the folders around it. */
    private final Map<String, List<Folder>> folders = new HashMap<>();

    /** Tasks by every folder that matters around a path of theirs. */
    private final Map<String, Set<String>> below = new HashMap<>();

    /** The same by how the folder is spelled. */
    private final Map<String, Map<String, Set<String>>> spellings = new HashMap<>();

    /** The paths in order, for globs, which are rare. */
    private final NavigableMap<String, List<String>> sorted;

    private record Glob(PathPattern pattern, Set<String> tasks) {}

    /** A folder, as it compares and as it is spelled. */
    private record Folder(String folded, String spelled) {}

    TouchIndex(Map<String, List<Conflicts.Placed>> placed) {
        placed.forEach(this::add);
        sorted = globs.isEmpty() ? new TreeMap<>() : new TreeMap<>(exactly);
        Map<String, String> spelledFirst = new HashMap<>();
        Set<String> spelledTwice = new HashSet<>();
        Set<String> seen = new HashSet<>();
        placed.values()
                .forEach(touches -> touches.forEach(touch -> {
                    Folder at = around(touch.pattern().folded(), touch.pattern().path());
                    while (at != null && seen.add(at.spelled())) {
                        String first = spelledFirst.putIfAbsent(at.folded(), at.spelled());
                        if (first != null && !first.equals(at.spelled())) {
                            spelledTwice.add(at.folded());
                        }
                        at = around(at.folded(), at.spelled());
                    }
                }));
        placed.forEach((task, touches) -> touches.forEach(touch -> {
            for (Folder folder : foldersOf(touch.pattern(), spelledTwice)) {
                if (touch.pattern().shape() != Shape.GLOB) {
                    below.computeIfAbsent(folder.folded(), any -> new HashSet<>())
                            .add(task);
                    spellings
                            .computeIfAbsent(folder.folded(), any -> new HashMap<>())
                            .computeIfAbsent(folder.spelled(), any -> new HashSet<>())
                            .add(task);
                }
            }
        }));
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
                exactly.computeIfAbsent(pattern.folded(), any -> new ArrayList<>(1))
                        .add(task);
            }
        }
    }

    /** The folder around a path. */
    private static @Nullable Folder around(String folded, String spelled) {
        int slash = spelled.lastIndexOf('/');
        return slash > 0 ? new Folder(folded.substring(0, folded.lastIndexOf('/')), spelled.substring(0, slash)) : null;
    }

    private List<Folder> foldersOf(PathPattern pattern, Set<String> spelledTwice) {
        Folder folder = around(pattern.folded(), pattern.path());
        return folder == null ? List.of() : withAround(folder, spelledTwice);
    }

    private List<Folder> withAround(Folder folder, Set<String> spelledTwice) {
        List<Folder> known = folders.get(folder.spelled());
        if (known != null) {
            return known;
        }
        Folder outer = around(folder.folded(), folder.spelled());
        List<Folder> found = outer == null ? List.of() : withAround(outer, spelledTwice);
        if (exactly.containsKey(folder.folded()) || spelledTwice.contains(folder.folded())) {
            List<Folder> more = new ArrayList<>(found);
            more.add(folder);
            found = more;
        }
        folders.put(folder.spelled(), found);
        return found;
    }

    /** The tasks that may conflict with a footprint of the batch. */
    Set<String> near(List<Conflicts.Placed> touches) {
        Set<String> near = new LinkedHashSet<>(unknown);
        for (Conflicts.Placed touch : touches) {
            PathPattern pattern = touch.pattern();
            if (pattern.shape() == Shape.GLOB) {
                near.addAll(globs.getOrDefault(pattern.folded(), new Glob(pattern, Set.of()))
                        .tasks());
            } else {
                near.addAll(exactly.getOrDefault(pattern.folded(), List.of()));
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
        Folder around = around(pattern.folded(), pattern.path());
        for (Folder folder : around == null ? List.<Folder>of() : folders.getOrDefault(around.spelled(), List.of())) {
            found.accept(exactly.getOrDefault(folder.folded(), List.of()));
            spellings.getOrDefault(folder.folded(), Map.of()).forEach((spelled, tasks) -> {
                if (!spelled.equals(folder.spelled())) {
                    found.accept(tasks);
                }
            });
        }
        globs.forEach((folded, glob) -> {
            if (!(isGlob && folded.equals(pattern.folded())) && glob.pattern().meets(pattern)) {
                found.accept(glob.tasks());
            }
        });
    }
}
