package io.github.espalier.worktree.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An entry of an index, as {@code git ls-files -z -s -v} tells it. Of a path that is unmerged, its last stage.
 *
 * @param tag {@code S} if the file need not be there; a small letter if it is taken for unchanged
 * @param mode its mode, six octal digits
 * @param object its blob or commit
 * @param path its path, with a character for each byte
 */
record IndexEntry(char tag, String mode, String object, String path) {
    static Map<String, IndexEntry> parse(GitResult result) {
        Map<String, IndexEntry> entries = new LinkedHashMap<>();
        for (String line : RescueRoom.raw(result).split("\0", 0)) {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                String[] fields = line.substring(0, tab).split(" ", 4);
                String path = line.substring(tab + 1);
                entries.put(path, new IndexEntry(fields[0].charAt(0), fields[1], fields[2], path));
            }
        }
        return entries;
    }

    boolean isGitlink() {
        return mode.equals("160000");
    }

    boolean isPromisedUnchanged() {
        return Character.isLowerCase(tag);
    }

    /** Whether a sparse checkout leaves the file out. */
    boolean isSkipped() {
        return Character.toUpperCase(tag) == 'S';
    }

    boolean isSame(IndexEntry other) {
        return mode.equals(other.mode) && object.equals(other.object) && isSkipped() == other.isSkipped();
    }
}
