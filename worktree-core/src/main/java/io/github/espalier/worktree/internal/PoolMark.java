package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Locks a worktree, as {@code git worktree lock} does, while it waits in a pool or is on its way there or from there. */
final class PoolMark {
    static final String REASON = "espalier keeps it for its next task";

    private PoolMark() {}

    static void put(Path admin) throws IOException {
        replace(admin.resolve("locked"), REASON);
    }

    static void take(Path admin) throws IOException {
        Files.deleteIfExists(admin.resolve("locked"));
    }

    static boolean isPut(Path admin) {
        return AdminDirectories.text(admin.resolve("locked")).equals(REASON);
    }

    /** Registrations with this mark. */
    static List<Path> marked(GitRepository repository) {
        List<Path> marked = new ArrayList<>();
        Path worktrees = repository.commonDirectory().resolve("worktrees");
        if (Files.isDirectory(worktrees)) {
            try (DirectoryStream<Path> admins = Files.newDirectoryStream(worktrees, PoolMark::isPut)) {
                admins.forEach(marked::add);
            } catch (IOException e) {
                throw new WorktreeException(worktrees + ": cannot be read (" + e + ")", e);
            }
        }
        return marked;
    }

    /** Whole or not at all, where an agent may have put anything. */
    static void replace(Path file, String text) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".espalier");
        Files.deleteIfExists(aside);
        Files.writeString(aside, text + "\n");
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
