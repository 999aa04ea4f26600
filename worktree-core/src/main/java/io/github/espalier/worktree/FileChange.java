package io.github.espalier.worktree;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A change of a file that decides what git does.
 *
 * @param file the file, absolute
 * @param what what happened to it
 * @param keys of a configuration file, the keys whose values changed, without the values, which may be secrets; empty
 *     where none did, or where the file cannot be read as configuration
 */
public record FileChange(Path file, Kind what, List<String> keys) {
    /** What happened to a file. */
    public enum Kind {
        /** It is new. */
        ADDED,
        /** It is gone. */
        REMOVED,
        /** It holds, or as a symbolic link names, something else. */
        CONTENT,
        /** Its permissions are others: a hook may have become executable. */
        MODE,
        /** It is something else now: a link, a folder, or a file that cannot be read. */
        KIND
    }

    /**
     * Copies the list.
     *
     * @param file as for the record
     * @param what as for the record
     * @param keys as for the record
     */
    public FileChange {
        keys = List.copyOf(keys);
    }

    /**
     * Whether it is no more than what git writes when it is told which remote branch a branch follows.
     *
     * @param branch the branch, without {@code refs/heads/}
     * @return whether only settings of that branch changed
     */
    public boolean concernsOnly(String branch) {
        String section = "branch." + branch + ".";
        return !keys.isEmpty()
                && keys.stream().allMatch(key -> key.startsWith(section) && key.indexOf('.', section.length()) < 0);
    }

    /**
     * The change in a line.
     *
     * @return file, what happened, keys
     */
    public String describe() {
        String how = switch (what) {
            case MODE -> "other permissions";
            case KIND -> "no longer the kind of file it was";
            case CONTENT -> "changed";
            default -> what.name().toLowerCase(Locale.ROOT);
        };
        return file + " (" + how + (keys.isEmpty() ? "" : ": " + String.join(", ", keys)) + ")";
    }
}
