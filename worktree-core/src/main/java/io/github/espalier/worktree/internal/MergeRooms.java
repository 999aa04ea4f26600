package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the room of one merge for the next: merges that want the same files share it, also at once, since git only reads
 * there; for other files it is changed where they differ, once nobody is in it. It is deleted when nobody was for a while. A
 * first merge, which may be the only one, and those that run drivers, which may leave anything behind, have a room of their
 * own. Thread-safe.
 */
final class MergeRooms {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final GitRepository repository;
    private final AttributeIndex index;
    private final boolean keeps;
    private final Executor later = CompletableFuture.delayedExecutor(IDLE.toSeconds(), TimeUnit.SECONDS);
    private boolean again;
    private @Nullable MergeRoom kept;
    private int users;
    private long lastUse;
    private boolean expiring;

    /** @param keeps whether git only reads there */
    MergeRooms(GitRepository repository, AttributeIndex index, boolean keeps) {
        this.repository = repository;
        this.index = index;
        this.keeps = keeps;
    }

    /** A room for as long as somebody is in it. */
    record Lease(MergeRoom room, Runnable giveBack) implements AutoCloseable {
        @Override
        public void close() {
            giveBack.run();
        }
    }

    /**
     * A room with these files and settings.
     *
     * @param files our side's attribute files
     * @param settings what is configured
     */
    Lease lease(AttributeFiles files, Configuration settings) {
        MergeRoom shared = shared(files, settings);
        if (shared != null) {
            return new Lease(shared, this::giveBack);
        }
        MergeRoom own = furnished(MergeRoom.open(repository), files, settings);
        return new Lease(own, own::close);
    }

    private synchronized @Nullable MergeRoom shared(AttributeFiles files, Configuration settings) {
        if (!keeps || !again) {
            again = true;
            return null;
        }
        MergeRoom room = kept;
        if (room == null) {
            room = MergeRoom.open(repository);
        } else if (users > 0 && !room.holds(files, settings)) {
            return null;
        }
        kept = null; // a room that cannot be furnished is gone
        kept = furnished(room, files, settings);
        users++;
        return kept;
    }

    private MergeRoom furnished(MergeRoom room, AttributeFiles files, Configuration settings) {
        try {
            room.furnish(files, () -> index.contents(files), settings);
            return room;
        } catch (RuntimeException | Error e) {
            room.close();
            throw e;
        }
    }

    private synchronized void giveBack() {
        users--;
        lastUse = System.nanoTime();
        if (users == 0 && !expiring) {
            expiring = true;
            later.execute(this::expire);
        }
    }

    private synchronized void expire() {
        expiring = users == 0 && System.nanoTime() - lastUse < IDLE.toNanos();
        if (expiring) {
            later.execute(this::expire);
        } else if (users == 0) {
            close();
        }
    }

    /** Deletes the room unless somebody is in it, who then deletes it after a while. */
    synchronized void close() {
        MergeRoom room = kept;
        if (room != null && users == 0) {
            kept = null;
            room.close();
        }
    }
}
