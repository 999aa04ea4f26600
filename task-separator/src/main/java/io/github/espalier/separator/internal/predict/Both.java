package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.Footprint;
import io.github.espalier.separator.Footprint.Shape;
import io.github.espalier.separator.Footprint.Touch;
import io.github.espalier.separator.internal.PathPatterns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file that two tasks may touch.
 *
 * @param path the file
 * @param mine what one may do with it, the most likely first: by its name, or by a directory or glob that it belongs to
 * @param theirs what the other may
 */
record Both(String path, List<Touch> mine, List<Touch> theirs) {
    /** The files that both have, at least one of them by name: where only directories and globs meet, no file is known. */
    static List<Both> of(Footprint first, Footprint second) {
        Map<String, List<Touch>> mine = files(first);
        Map<String, List<Touch>> theirs = files(second);
        Set<String> named = new TreeSet<>(mine.keySet());
        named.addAll(theirs.keySet());
        cover(first, named, mine);
        cover(second, named, theirs);
        List<Both> shared = new ArrayList<>();
        for (String path : named) {
            List<Touch> my = mine.getOrDefault(path, List.of());
            List<Touch> their = theirs.getOrDefault(path, List.of());
            if (!my.isEmpty() && !their.isEmpty()) {
                shared.add(new Both(path, mostLikelyFirst(my), mostLikelyFirst(their)));
            }
        }
        return shared;
    }

    private static Map<String, List<Touch>> files(Footprint footprint) {
        Map<String, List<Touch>> files = new HashMap<>();
        for (Touch touch : footprint.touches()) {
            if (touch.shape() == Shape.FILE) {
                files.computeIfAbsent(touch.path(), any -> new ArrayList<>()).add(touch);
            }
        }
        return files;
    }

    private static void cover(Footprint footprint, Set<String> named, Map<String, List<Touch>> own) {
        for (Touch touch : footprint.touches()) {
            if (touch.shape() != Shape.FILE) {
                named.stream()
                        .filter(path -> PathPatterns.cover(List.of(touch), path))
                        .forEach(path -> own.computeIfAbsent(path, any -> new ArrayList<>())
                                .add(touch));
            }
        }
    }

    private static List<Touch> mostLikelyFirst(List<Touch> touches) {
        return touches.stream()
                .sorted(Comparator.comparingDouble(Touch::probability).reversed())
                .toList();
    }
}
