package io.github.espalier.worktree.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Keeps what JGit has opened for the next question, which nearly always comes at once: opening a repository reads the index
 * of each pack. Closed when nobody asked for a while, since an open pack stays on the disk after {@code git gc} deleted it.
 * Thread-safe.
 */
final class KeptRepositories {
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Executor LATER = CompletableFuture.delayedExecutor(IDLE.toMillis(), TimeUnit.MILLISECONDS);
    private static final Map<Path, Kept> ALL = new HashMap<>();

    private KeptRepositories() {}

    private static final class Kept {
        private final Repository repository;
        private long lastUse = System.nanoTime();

        private Kept(Repository repository) {
            this.repository = repository;
        }
    }

    /** Opens a git directory, for one question: the caller closes what it gets, as if it were its own. */
    static Repository open(Path gitDirectory) throws IOException {
        synchronized (ALL) {
            Kept kept = ALL.get(gitDirectory);
            if (kept == null) {
                kept = new Kept(new FileRepositoryBuilder()
                        .setGitDir(gitDirectory.toFile())
                        .setMustExist(true)
                        .build());
                ALL.put(gitDirectory, kept);
                LATER.execute(() -> expire(gitDirectory));
            }
            kept.lastUse = System.nanoTime();
            kept.repository.incrementOpen();
            return kept.repository;
        }
    }

    private static void expire(Path gitDirectory) {
        synchronized (ALL) {
            Kept kept = ALL.get(gitDirectory);
            if (kept == null) {
                return;
            }
            if (System.nanoTime() - kept.lastUse < IDLE.toNanos()) {
                LATER.execute(() -> expire(gitDirectory));
            } else {
                ALL.remove(gitDirectory);
                kept.repository.close();
            }
        }
    }
}
