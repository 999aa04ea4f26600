package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.InvalidNameException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What git takes as a name, checked before git sees it: the rules of {@code git check-ref-format} and of file systems. */
public final class Names {
    /** A ref's component also is a file name; most file systems end at 255 bytes, and git adds {@code .lock}. */
    private static final int LONGEST_COMPONENT = 250;

    private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern FORBIDDEN =
            Pattern.compile("[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.\\.|@\\{|//|^/|/$|\\.$|(^|/)\\.|\\.lock(/|$)|^@$|^-");

    private Names() {}

    /** Throws unless git would take this as a branch, without {@code refs/heads/}. */
    public static void requireBranch(String branch) {
        requireRefPath(branch);
        if (branch.equals("HEAD")) {
            throw new InvalidNameException(branch, "no branch may be called so");
        }
    }

    /** Throws unless git would take this as a ref's full name. */
    public static void requireRef(String ref) {
        requireRefPath(ref);
        if (!ref.startsWith("refs/")) {
            throw new InvalidNameException(ref, "a ref's full name begins with refs/");
        }
    }

    public static void requireObjectId(String id) {
        if (!isObjectId(id)) {
            throw new InvalidNameException(id, "is no full object id; resolve the revision first");
        }
    }

    public static boolean isObjectId(String id) {
        return OBJECT_ID.matcher(id).matches();
    }

    private static void requireRefPath(String name) {
        if (name.isEmpty() || FORBIDDEN.matcher(name).find()) {
            throw new InvalidNameException(
                    name, "is no name that git takes for a branch or ref (see git help check-ref-format)");
        }
        for (String component : name.split("/", -1)) {
            if (component.getBytes(StandardCharsets.UTF_8).length > LONGEST_COMPONENT) {
                throw new InvalidNameException(
                        name, "has a part of over " + LONGEST_COMPONENT + " bytes; choose a shorter one");
            }
        }
    }

    /** A reflog holds one line per entry and git refuses an empty one; argv may be limited to ASCII by the JVM's locale. */
    public static String reflogLine(String reason) {
        String line = reason.replaceAll("[^\\x20-\\x7e]+", " ").strip();
        return line.isEmpty() ? "espalier" : line;
    }
}
