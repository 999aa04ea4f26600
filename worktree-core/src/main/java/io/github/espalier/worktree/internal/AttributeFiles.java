package io.github.espalier.worktree.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of a tree that git reads from a working tree while it merges: {@code .gitattributes} in any folder, and
 * {@code .gitmodules}, by which it finds the repositories of submodules. Immutable.
 *
 * @param files by path, the ids of their blobs
 */
record AttributeFiles(Map<String, String> files) {
    static final AttributeFiles NONE = new AttributeFiles(Map.of());

    private static final String ATTRIBUTES = ".gitattributes";
    private static final String MODULES = ".gitmodules";
    private static final Set<String> REGULAR_FILE = Set.of("100644", "100755");

    AttributeFiles {
        files = Map.copyOf(files);
    }

    /** What {@code git ls-tree -r -z} prints of a whole tree. */
    static AttributeFiles ofTree(String listing) {
        Map<String, String> files = new TreeMap<>();
        int at = 0;
        while (at < listing.length()) {
            int end = listing.indexOf('\0', at);
            int entryEnd = end < 0 ? listing.length() : end;
            // most entries of a large tree are of no interest, so nothing is copied before that is known
            if (listing.startsWith(ATTRIBUTES, entryEnd - ATTRIBUTES.length())
                    || listing.startsWith(MODULES, entryEnd - MODULES.length())) {
                String entry = listing.substring(at, entryEnd);
                int tab = entry.indexOf('\t');
                String[] modeTypeId = entry.substring(0, tab).split(" ", 3);
                put(files, entry.substring(tab + 1), modeTypeId[0], modeTypeId[2]);
            }
            at = entryEnd + 1;
        }
        return new AttributeFiles(files);
    }

    /** These after what differs in another tree. */
    AttributeFiles after(List<TreeDifference> differences) {
        Map<String, String> changed = new TreeMap<>(files);
        for (TreeDifference difference : differences) {
            String path = difference.path();
            changed.remove(path);
            put(changed, path, difference.mode(), difference.id());
        }
        return new AttributeFiles(changed);
    }

    private static void put(Map<String, String> files, String path, String mode, String blob) {
        boolean named = path.equals(MODULES) || path.equals(ATTRIBUTES) || path.endsWith("/" + ATTRIBUTES);
        // git follows no symbolic link here, so neither do we
        if (named && REGULAR_FILE.contains(mode)) {
            files.put(path, blob);
        }
    }
}
