package io.github.espalier.worktree;

/**
 * A file of a rescue that differs from the base.
 *
 * @param path its path from the root, with {@code /}
 * @param status how it differs
 */
public record RescuedFile(String path, Status status) {
    /** How a file differs from the base. */
    public enum Status {
        /** It is not in the base. */
        ADDED,
        /** Its content or mode is another. */
        MODIFIED,
        /** It is in the base only. */
        DELETED,
        /** It was a file and is a link, or the like. */
        TYPE_CHANGED
    }
}
