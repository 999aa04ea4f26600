package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.GitLockedException;
import io.github.espalier.worktree.Worktree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A worktree's index, locked as git locks it, while another one is made that takes its place in the end. What the old one
 * says holds until then: an index that names objects which never came makes git believe that they are there.
 */
final class IndexLock implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final Path index;
    private final Path lock;
    private final FileChannel held;
    private boolean replaced;

    private IndexLock(Path index, Path lock, FileChannel held) {
        this.index = index;
        this.lock = lock;
        this.held = held;
    }

    /**
     * Takes the lock; waits a while for somebody who has it.
     *
     * @param copy where the index is copied to, with its time, which tells git what it must read again
     * @throws GitLockedException if it stays taken
     */
    static IndexLock of(Worktree worktree, Path copy) throws IOException {
        IndexLock lock = take(worktree);
        try {
            if (Files.exists(lock.index)) {
                Files.copy(lock.index, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static IndexLock take(Worktree worktree) throws IOException {
        Path index = worktree.gitDirectory().resolve("index");
        Path lock = worktree.gitDirectory().resolve("index.lock");
        long start = System.nanoTime();
        while (true) {
            try {
                // It stays open, by which others see that its owner lives.
                return new IndexLock(
                        index, lock, FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            } catch (FileAlreadyExistsException e) {
                if (System.nanoTime() - start > PATIENCE
                        || Thread.currentThread().isInterrupted()) {
                    GitCommandException failure = new GitCommandException(
                            "the index is locked",
                            List.of("git", "add"),
                            worktree.directory(),
                            GitCommandException.NO_EXIT_CODE,
                            "Unable to create '" + lock + "': File exists");
                    failure.initCause(e);
                    throw new GitLockedException(lock, failure);
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /** Puts another index in this one's place. */
    void replaceBy(Path file) throws IOException {
        if (Files.exists(file)) {
            bringInto(lock, file);
            Files.move(lock, index, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            replaced = true;
        }
    }

    private static void bringInto(Path lock, Path file) throws IOException {
        try {
            Files.move(file, lock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) { // the state directory lies on another file system
            Files.copy(file, lock, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    @Override
    public void close() throws IOException {
        held.close();
        if (!replaced) { // else the file of this name is somebody else's by now
            Files.deleteIfExists(lock);
        }
    }
}
