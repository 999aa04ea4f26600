package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One lock per repository around adding and removing worktrees, because git's own commands race there. A file lock holds
 * off other processes and dies with its owner; it cannot hold off threads of one JVM, so a lock in memory comes first.
 */
final class RepositoryLock {
    private static final Map<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

    private final Path file;

    RepositoryLock(GitRepository repository) {
        file = repository.stateDirectory().resolve("worktrees.lock");
    }

    <T> T holding(Supplier<T> work) {
        ReentrantLock inProcess = IN_PROCESS.computeIfAbsent(file, path -> new ReentrantLock());
        inProcess.lock();
        try {
            return inProcess.getHoldCount() > 1 ? work.get() : holdingFile(work);
        } finally {
            inProcess.unlock();
        }
    }

    private <T> T holdingFile(Supplier<T> work) {
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new WorktreeException(file + ": the lock was lost; is the folder on a sound file system?");
                }
                return work.get();
            }
        } catch (IOException e) {
            throw new WorktreeException(file + ": cannot be locked (" + e + "); make the folder writable", e);
        }
    }
}
