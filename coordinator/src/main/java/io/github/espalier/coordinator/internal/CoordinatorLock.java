package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.RepositoryBusyException;
import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One coordinator per repository at a time. The operating system drops the lock of a process that dies. Who holds it
 * stands in a file beside the locked one, because some systems let nobody read a locked file.
 */
final class CoordinatorLock implements AutoCloseable {
    /**
     * What this process holds. Whoever is refused must not even open the file: closing any channel to it gives up all locks
     * that the process has on it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final FileChannel channel;
    private final FileLock lock;
    private final Path owner;

    private CoordinatorLock(FileChannel channel, FileLock lock, Path owner) {
        this.channel = channel;
        this.lock = lock;
        this.owner = owner;
    }

    static CoordinatorLock acquire(GitRepository repository, String run, Instant now) {
        Path owner = repository.stateDirectory().resolve("coordinator.owner");
        if (!HELD.add(owner)) {
            throw new RepositoryBusyException(repository.commonDirectory(), describe(owner));
        }
        Path file = repository.stateDirectory().resolve("coordinator.lock");
        try {
            return acquire(repository, file, owner, "run " + run + ", since " + now);
        } catch (IOException e) {
            HELD.remove(owner);
            throw new CoordinatorException(file + ": cannot be locked (" + e + "); make the folder writable", e);
        } catch (RuntimeException | Error e) {
            HELD.remove(owner);
            throw e;
        }
    }

    private static CoordinatorLock acquire(GitRepository repository, Path file, Path owner, String run)
            throws IOException {
        Files.createDirectories(repository.stateDirectory());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new RepositoryBusyException(repository.commonDirectory(), describe(owner));
            }
            Files.writeString(owner, "process " + ProcessHandle.current().pid() + ", " + run);
            return new CoordinatorLock(channel, lock, owner);
        } catch (IOException | RuntimeException | Error e) {
            channel.close(); // and with it the lock
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this library, loaded another time in this very process
        }
    }

    private static String describe(Path owner) {
        try {
            return Files.readString(owner).strip();
        } catch (IOException e) {
            return "owner unknown";
        }
    }

    @Override
    public void close() {
        try (channel;
                lock) {
            Files.deleteIfExists(owner);
        } catch (IOException e) {
            throw new CoordinatorException("the coordinator's lock cannot be released (" + e + ")", e);
        } finally {
            HELD.remove(owner);
        }
    }
}
