package io.github.espalier.separator.internal.predict;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of a project, now and before, by number. A file keeps its number when it is renamed; a path of old leads to the
 * file that it is today, by a rename that was seen or by a name that only one file has.
 */
final class ProjectFiles {
    static final int NONE = -1;
    private static final float NAME = 1;
    private static final float FOLDER = 0.4f;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> paths = new ArrayList<>();
    private final List<Integer> nameDocuments = new ArrayList<>();
    private final List<PathKinds.Kind> kinds = new ArrayList<>();
    private final Map<Integer, Integer> successors = new HashMap<>();
    private final Map<Integer, Integer> todays = new ConcurrentHashMap<>();
    private final BitSet present = new BitSet();
    private final TreeMap<String, Integer> tree = new TreeMap<>();
    private final Map<String, Set<Integer>> byName = new HashMap<>();
    private final Map<String, Set<Integer>> byStem = new HashMap<>();
    private final Map<String, Integer> folders = new HashMap<>();
    private final Map<String, Set<String>> foldersByName = new HashMap<>();
    private final TermIndex words = new TermIndex();
    private final IntList fileOfDocument = new IntList();

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    String path(int file) {
        return paths.get(file);
    }

    PathKinds.Kind kind(int file) {
        return kinds.get(file);
    }

    boolean isPresent(int file) {
        return present.get(file);
    }

    int count() {
        return tree.size();
    }

    int known() {
        return paths.size();
    }

    Collection<Integer> all() {
        return tree.values();
    }

    /** The number of a path, new if it was never seen. */
    int number(String path) {
        Integer number = numbers.get(path);
        if (number != null) {
            return number;
        }
        int next = paths.size();
        numbers.put(path, next);
        paths.add(path);
        kinds.add(PathKinds.of(path));
        nameDocuments.add(NONE);
        return next;
    }

    /** The number of a path that is there; {@link #NONE} if it is not. */
    int find(String path) {
        return tree.getOrDefault(path, NONE);
    }

    void appear(String path) {
        int file = number(path);
        if (!paths.get(file).equals(path)) { // another file took the number away with a rename
            numbers.remove(path);
            file = number(path);
        }
        if (present.get(file)) {
            return;
        }
        todays.clear();
        present.set(file, true);
        tree.put(path, file);
        byName.computeIfAbsent(name(path).toLowerCase(Locale.ROOT), any -> new LinkedHashSet<>())
                .add(file);
        byStem.computeIfAbsent(PathKinds.stem(path), any -> new LinkedHashSet<>())
                .add(file);
        nameDocuments.set(file, words.add(words(path)));
        fileOfDocument.add(file);
        for (String at = folder(path); !at.isEmpty(); at = folder(at)) {
            if (Objects.requireNonNull(folders.merge(at, 1, Integer::sum)) == 1) {
                foldersByName
                        .computeIfAbsent(name(at).toLowerCase(Locale.ROOT), any -> new LinkedHashSet<>())
                        .add(at);
            }
        }
    }

    void vanish(String path) {
        Integer file = tree.remove(path);
        if (file == null) {
            return;
        }
        todays.clear();
        present.set(file, false);
        remove(byName, name(path).toLowerCase(Locale.ROOT), file);
        remove(byStem, PathKinds.stem(path), file);
        words.remove(nameDocuments.get(file));
        for (String at = folder(path); !at.isEmpty(); at = folder(at)) {
            if (Objects.requireNonNull(folders.merge(at, -1, Integer::sum)) == 0) {
                folders.remove(at);
                remove(foldersByName, name(at).toLowerCase(Locale.ROOT), at);
            }
        }
    }

    private static <T> void remove(Map<String, Set<T>> map, String key, T value) {
        Set<T> set = map.get(key);
        if (set != null && set.remove(value) && set.isEmpty()) {
            map.remove(key);
        }
    }

    /** From now on the old path means the file of the new one. */
    void rename(String from, String to) {
        todays.clear();
        int file = numbers.getOrDefault(from, NONE);
        int other = number(to);
        if (file != NONE && file != other) {
            numbers.put(from, other);
            successors.put(file, other);
        } else {
            numbers.put(from, other);
        }
    }

    /** What has become of a file: itself, what it was renamed to, the only one of its name; {@link #NONE} if none of it. */
    int today(int file) {
        Integer before = todays.get(file);
        if (before == null) {
            before = findToday(file);
            todays.put(file, before);
        }
        return before;
    }

    private int findToday(int file) {
        int at = file;
        for (int i = 0; i < 20 && !present.get(at); i++) {
            Integer next = successors.get(at);
            if (next == null) {
                break;
            }
            at = next;
        }
        if (present.get(at)) {
            return at;
        }
        Set<Integer> same = named(name(paths.get(file)));
        return same.size() == 1 ? same.iterator().next() : NONE;
    }

    Set<Integer> named(String name) {
        return byName.getOrDefault(name.toLowerCase(Locale.ROOT), Set.of());
    }

    Set<Integer> ofStem(String stem) {
        return byStem.getOrDefault(stem, Set.of());
    }

    Set<String> foldersNamed(String name) {
        return foldersByName.getOrDefault(name.toLowerCase(Locale.ROOT), Set.of());
    }

    Collection<Integer> under(String folder) {
        return tree.subMap(folder + "/", folder + "0").values();
    }

    TermIndex words() {
        return words;
    }

    int fileOfDocument(int document) {
        return fileOfDocument.get(document);
    }

    /** The terms of a path: those of its name count in full. */
    static Map<String, Float> words(String path) {
        Map<String, Float> weights = new HashMap<>();
        Terms.scan(name(path), term -> weights.put(term, NAME));
        Terms.scan(folder(path), term -> weights.merge(term, FOLDER, Math::max));
        return weights;
    }
}
