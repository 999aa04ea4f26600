package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Locks a worktree, as {@code git worktree lock} does, while its directory is moved aside: a {@code git worktree prune} of
 * the user's would otherwise take the registration, with the index and the log of HEAD, before the last look at it. A mark
 * that a crash left keeps us from nothing.
 */
final class RemovalMark {
    private static final String REASON = "espalier is removing it";

    private RemovalMark() {}

    /** Whole or not at all: on a full disk an empty file would stay, and that is how a person locks a worktree. */
    static void put(Path gitDirectory) {
        Path unfinished = gitDirectory.resolve("espalier-locked");
        try {
            try {
                Files.writeString(unfinished, REASON);
                Files.move(unfinished, file(gitDirectory), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new WorktreeException(
                    gitDirectory + ": cannot be locked for the removal (" + e + "); nothing was removed", e);
        }
    }

    static void take(Path gitDirectory) {
        try {
            Files.deleteIfExists(file(gitDirectory));
        } catch (IOException e) {
            throw new WorktreeException(gitDirectory + ": cannot be unlocked again (" + e + ")", e);
        }
    }

    /** Whether somebody has locked the worktree. */
    static boolean isLockedByOthers(Path gitDirectory) {
        Path file = file(gitDirectory);
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !AdminDirectories.text(file).equals(REASON);
    }

    static Path file(Path gitDirectory) {
        return gitDirectory.resolve("locked");
    }
}
