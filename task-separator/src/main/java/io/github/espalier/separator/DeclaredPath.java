package io.github.espalier.separator;

import io.github.espalier.separator.internal.DeclaredPathParser;
import java.util.Optional;

/**
 * A path that a task says it will touch: a file, a directory with all that is in it, or a glob.
 *
 * @param kind what will be done with it
 * @param path relative to the repository's root, with slashes; a directory may end in one
 * @param renamedTo where it will be moved to; only for {@link Kind#RENAME}
 * @param region the part of the file that is meant, as written behind {@code :} or {@code #}
 */
public record DeclaredPath(Kind kind, String path, Optional<String> renamedTo, Optional<String> region) {
    /** What will be done with a path. */
    public enum Kind {
        /** It will be changed, or created where it is not there. */
        WRITE,
        /** It will be created. */
        CREATE,
        /** It will be deleted, with all that is in it. */
        DELETE,
        /** It will be moved, with all that is in it. */
        RENAME
    }

    /**
     * Reads a declaration: {@code src/A.java}, {@code src/**}{@code /*.ts}, {@code docs/}, {@code src/A.java:10-40}, {@code
     * src/A.java#method}, {@code create: src/B.java}, {@code delete: old/}, {@code rename: a.txt -> b.txt}. In a glob {@code *}
     * and {@code ?} stop at slashes, {@code **} does not, and {@code [abc]} and {@code {a,b}} are alternatives.
     *
     * @param text the declaration
     * @return the path
     * @throws InvalidPathException if it is empty, absolute, leads out of the repository or into {@code .git}
     */
    public static DeclaredPath parse(String text) {
        return DeclaredPathParser.parse(text);
    }
}
