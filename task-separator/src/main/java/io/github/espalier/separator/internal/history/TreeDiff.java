package io.github.espalier.separator.internal.history;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two trees. Trees that were read are kept for a while: the tree before a change is, mostly, the one after
 * the change before it, so that each is inflated once instead of twice.
 */
final class TreeDiff {
    private static final int MOST_KEPT = 8 << 20;

    /** A file that differs; an id is null where it is not there. */
    @FunctionalInterface
    interface Visitor {
        void visit(String path, @Nullable ObjectId before, @Nullable ObjectId after, boolean link) throws IOException;
    }

    private static final class Kept extends LinkedHashMap<ObjectId, byte[]> {
        private static final long serialVersionUID = 1L;
        private int bytes;

        private Kept() {
            super(256, 0.75f, true);
        }

        private void keep(ObjectId tree, byte[] content) {
            put(tree, content);
            bytes += content.length;
            while (bytes > MOST_KEPT && size() > 1) {
                Map.Entry<ObjectId, byte[]> oldest = entrySet().iterator().next();
                bytes -= oldest.getValue().length;
                remove(oldest.getKey());
            }
        }
    }

    private final ObjectReader reader;
    private final Kept kept = new Kept();

    TreeDiff(ObjectReader reader) {
        this.reader = reader;
    }

    void between(@Nullable ObjectId before, @Nullable ObjectId after, Visitor visitor) throws IOException {
        compare("", before, after, visitor);
    }

    private void compare(String folder, @Nullable ObjectId before, @Nullable ObjectId after, Visitor visitor)
            throws IOException {
        CanonicalTreeParser old = parser(before);
        CanonicalTreeParser now = parser(after);
        while (!old.eof() || !now.eof()) {
            int order = old.eof() ? 1 : now.eof() ? -1 : old.pathCompare(now);
            if (order < 0) {
                entry(folder, old, null, visitor);
                old.next(1);
            } else if (order > 0) {
                entry(folder, null, now, visitor);
                now.next(1);
            } else {
                if (!old.idEqual(now)) {
                    entry(folder, old, now, visitor);
                }
                old.next(1);
                now.next(1);
            }
        }
    }

    private void entry(
            String folder, @Nullable CanonicalTreeParser old, @Nullable CanonicalTreeParser now, Visitor visitor)
            throws IOException {
        String path = folder + (old == null ? name(now) : name(old));
        ObjectId oldFolder = idOf(old, true);
        ObjectId nowFolder = idOf(now, true);
        if (oldFolder != null || nowFolder != null) {
            compare(path + "/", oldFolder, nowFolder, visitor);
        }
        ObjectId oldFile = idOf(old, false);
        ObjectId nowFile = idOf(now, false);
        if (oldFile != null || nowFile != null) {
            boolean link = now != null && FileMode.SYMLINK.equals(now.getEntryRawMode());
            visitor.visit(path, oldFile, nowFile, link);
        }
    }

    private static String name(@Nullable CanonicalTreeParser entry) {
        return entry == null ? "" : entry.getEntryPathString();
    }

    /** The id of an entry if it is a folder, or if it is a file; submodules are neither. */
    private static @Nullable ObjectId idOf(@Nullable CanonicalTreeParser entry, boolean folder) {
        if (entry == null || FileMode.GITLINK.equals(entry.getEntryRawMode())) {
            return null;
        }
        return FileMode.TREE.equals(entry.getEntryRawMode()) == folder ? entry.getEntryObjectId() : null;
    }

    private CanonicalTreeParser parser(@Nullable ObjectId tree) throws IOException {
        CanonicalTreeParser parser = new CanonicalTreeParser();
        if (tree != null) {
            byte[] content = kept.get(tree);
            if (content == null) {
                content = reader.open(tree).getBytes();
                kept.keep(tree, content);
            }
            parser.reset(content);
        } else {
            parser.reset(new byte[0]);
        }
        return parser;
    }
}
