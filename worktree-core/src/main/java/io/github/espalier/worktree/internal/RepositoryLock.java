package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.RepositoryLockedException;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One lock per repository around adding and removing worktrees, because git's own commands race there. A file lock holds
 * off other processes and dies with its owner; it cannot hold off threads of one JVM, so a lock in memory comes first.
 */
final class RepositoryLock {
    private static final Map<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

    /** Longer than a git command may take: whoever waits for the next turn must not give up on a slow one. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final Path file;
    private final Duration patience;

    RepositoryLock(GitRepository repository) {
        this(repository, PATIENCE);
    }

    RepositoryLock(GitRepository repository, Duration patience) {
        this(repository, "worktrees.lock", patience);
    }

    /** A lock for something else than the worktrees. */
    RepositoryLock(GitRepository repository, String name) {
        this(repository, name, PATIENCE);
    }

    private RepositoryLock(GitRepository repository, String name, Duration patience) {
        file = repository.stateDirectory().resolve(name);
        this.patience = patience;
    }

    <T> T holding(Supplier<T> work) {
        long start = System.nanoTime();
        ReentrantLock inProcess = IN_PROCESS.computeIfAbsent(file, path -> new ReentrantLock());
        try {
            if (!inProcess.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new RepositoryLockedException(file, "another thread of this process");
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        try {
            return inProcess.getHoldCount() > 1 ? work.get() : holdingFile(work, start);
        } finally {
            inProcess.unlock();
        }
    }

    private <T> T holdingFile(Supplier<T> work, long start) {
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock lock = lock(channel, start)) {
                if (!lock.isValid()) {
                    throw new WorktreeException(file + ": the lock was lost; is the folder on a sound file system?");
                }
                sign(channel);
                return work.get();
            }
        } catch (IOException e) {
            throw new WorktreeException(file + ": cannot be locked (" + e + "); make the folder writable", e);
        }
    }

    private FileLock lock(FileChannel channel, long start) throws IOException {
        for (long pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new RepositoryLockedException(file, owner(channel));
            }
            if (Thread.interrupted()) {
                throw interrupted();
            }
            LockSupport.parkNanos(pause);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This library is loaded twice in this process, as in an application server.
            return null;
        }
    }

    private static void sign(FileChannel channel) throws IOException {
        String owner = "process " + ProcessHandle.current().pid() + " since " + Instant.now();
        channel.truncate(0).write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer owner = ByteBuffer.allocate(200);
        channel.read(owner, 0);
        String text = new String(owner.array(), 0, owner.position(), StandardCharsets.UTF_8);
        return text.isBlank() ? "a process that gave no name" : text;
    }

    private WorktreeException interrupted() {
        Thread.currentThread().interrupt();
        return new WorktreeException(file + ": interrupted while waiting for the lock");
    }
}
