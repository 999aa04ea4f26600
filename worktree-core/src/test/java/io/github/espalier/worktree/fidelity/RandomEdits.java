package io.github.espalier.worktree.fidelity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes trees up, and edits them as people do: few files, few names, few different edits, so that two sides meet often.
 */
final class RandomEdits {
    private static final List<String> FOLDERS = List.of("", "a/", "a/", "b/", "a/x/", "c/", "c/y/");
    private static final List<String> NAMES = List.of("f", "g", "h", "i");
    private static final int LINES = 8;

    private final Random random;

    RandomEdits(Random random) {
        this.random = random;
    }

    SortedMap<String, TreeEntry> base() {
        SortedMap<String, TreeEntry> tree = new TreeMap<>();
        for (int file = 3 + random.nextInt(5); file > 0; file--) {
            boolean plain = random.nextInt(8) > 0;
            put(tree, path(), plain ? new TreeEntry(TreeEntry.FILE, content(file)) : otherType());
        }
        return tree;
    }

    /** What somebody made of a merge: what one side alone changed, and of what both changed one side's or the other's. */
    SortedMap<String, TreeEntry> merged(
            SortedMap<String, TreeEntry> base, SortedMap<String, TreeEntry> one, SortedMap<String, TreeEntry> other) {
        SortedSet<String> paths = new TreeSet<>(base.keySet());
        paths.addAll(one.keySet());
        paths.addAll(other.keySet());
        SortedMap<String, TreeEntry> merged = new TreeMap<>();
        for (String path : paths) {
            boolean oneChanged = !Objects.equals(base.get(path), one.get(path));
            boolean otherChanged = !Objects.equals(base.get(path), other.get(path));
            boolean takesOne = (oneChanged && otherChanged) ? random.nextBoolean() : oneChanged;
            TreeEntry entry = (takesOne ? one : other).get(path);
            if (entry != null) {
                put(merged, path, entry);
            }
        }
        return merged;
    }

    SortedMap<String, TreeEntry> edited(SortedMap<String, TreeEntry> tree) {
        SortedMap<String, TreeEntry> edited = new TreeMap<>(tree);
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            edit(edited);
        }
        return edited;
    }

    private void edit(SortedMap<String, TreeEntry> tree) {
        if (tree.isEmpty()) {
            add(tree);
            return;
        }
        String path = List.copyOf(tree.keySet()).get(random.nextInt(tree.size()));
        TreeEntry entry = tree.getOrDefault(path, new TreeEntry(TreeEntry.FILE, ""));
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> tree.put(path, entry.isFile() ? line(entry) : moved(entry));
            case 3 -> add(tree);
            case 4 -> tree.remove(path);
            case 5 -> rename(tree, path, path());
            case 6 -> {
                rename(tree, path, path());
                edit(tree);
            }
            case 7, 8 -> renameFolder(tree);
            case 9 -> {
                boolean plain = entry.mode().equals(TreeEntry.FILE);
                tree.put(
                        path,
                        entry.isFile()
                                ? new TreeEntry(plain ? TreeEntry.EXECUTABLE : TreeEntry.FILE, entry.content())
                                : entry);
            }
            case 10 -> tree.put(path, otherType());
            case 11 ->
                tree.put(
                        path,
                        entry.content().contains("\r")
                                ? entry.with(entry.content().replace("\r", ""))
                                : entry.isFile() ? entry.with(entry.content().replace("\n", "\r\n")) : entry);
            default -> tree.put(path, entry.isFile() ? entry.with("\0" + entry.content() + random.nextInt(2)) : entry);
        }
    }

    private void add(SortedMap<String, TreeEntry> tree) {
        put(
                tree,
                path(),
                random.nextInt(5) == 0
                        ? otherType()
                        : new TreeEntry(TreeEntry.FILE, content(10 + random.nextInt(3)) + random.nextInt(2) + "\n"));
    }

    private TreeEntry otherType() {
        return moved(new TreeEntry(random.nextInt(3) == 0 ? TreeEntry.SUBMODULE : TreeEntry.LINK, ""));
    }

    /** A submodule at another of its commits, a link to another file. */
    private TreeEntry moved(TreeEntry entry) {
        return entry.with(
                entry.mode().equals(TreeEntry.SUBMODULE)
                        ? String.valueOf(1 + random.nextInt(3)).repeat(40)
                        : NAMES.get(random.nextInt(NAMES.size())));
    }

    private TreeEntry line(TreeEntry entry) {
        List<String> lines = new ArrayList<>(Arrays.asList(entry.content().split("(?<=\n)")));
        int at = random.nextInt(lines.size());
        String end = lines.get(at).endsWith("\r\n") ? "\r\n" : "\n";
        switch (random.nextInt(4)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, "new " + random.nextInt(3) + end);
            default -> lines.set(at, "edit " + random.nextInt(3) + end);
        }
        return entry.with(String.join("", lines));
    }

    private void rename(SortedMap<String, TreeEntry> tree, String from, String to) {
        TreeEntry entry = tree.remove(from);
        if (entry != null) {
            put(tree, to, entry);
        }
    }

    private void renameFolder(SortedMap<String, TreeEntry> tree) {
        String from = FOLDERS.get(1 + random.nextInt(FOLDERS.size() - 1));
        String to = FOLDERS.get(random.nextInt(FOLDERS.size())) + (random.nextBoolean() ? "" : "new/");
        for (String path : List.copyOf(tree.keySet())) {
            if (path.startsWith(from)) {
                rename(tree, path, to + path.substring(from.length()));
            }
        }
    }

    /** Puts an entry where it fits: no path is a file and a folder at once. */
    private static void put(SortedMap<String, TreeEntry> tree, String path, TreeEntry entry) {
        tree.keySet().removeIf(other -> other.startsWith(path + "/") || path.startsWith(other + "/"));
        tree.put(path, entry);
    }

    private String path() {
        return FOLDERS.get(random.nextInt(FOLDERS.size())) + NAMES.get(random.nextInt(NAMES.size()));
    }

    private static String content(int file) {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < LINES; line++) {
            text.append("file ").append(file).append(" line ").append(line).append('\n');
        }
        return text.toString();
    }
}
