package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.GitProcesses;
import io.github.espalier.worktree.internal.HalfDone;
import io.github.espalier.worktree.internal.LockOwners;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lock files that a git which was killed has left, and that would stop every later one. Thread-safe.
 *
 * <p>One is deleted only if its owner is proven dead: it was there before all processes were looked at and is there
 * afterwards, no process has it open, and no git program that could hold it was at work in the repository meanwhile. Where that
 * cannot be seen everything stays: without {@code /proc}, on a file system that other machines may share, and where another
 * user made the lock or has a git at work. A container with a {@code /proc} of its own sees none of its host's processes:
 * where both use one repository, only one of them should recover.
 */
public final class StaleLocks {
    private static final Logger log = LoggerFactory.getLogger(StaleLocks.class);
    private static final List<String> NAMES = List.of(
            "index.lock",
            "HEAD.lock",
            "ORIG_HEAD.lock",
            "config.lock",
            "config.worktree.lock",
            "packed-refs.lock",
            "packed-refs.new",
            "shallow.lock",
            "objects/maintenance.lock"); // of an agent's own git; as long as it is there, git never tidies up by itself

    private final GitRepository repository;

    private StaleLocks(GitRepository repository) {
        this.repository = repository;
    }

    /**
     * The stale locks of a repository.
     *
     * @param repository the repository
     * @return its stale locks
     */
    public static StaleLocks of(GitRepository repository) {
        return new StaleLocks(repository);
    }

    /**
     * Those that are proven stale.
     *
     * @return the files
     * @throws WorktreeException if the git directory cannot be read
     */
    public List<Path> find() {
        List<Path> there = locks();
        if (there.isEmpty() || LockOwners.mayBeElsewhere(repository.commonDirectory())) {
            return List.of();
        }
        Map<Path, Map<String, Object>> before = new LinkedHashMap<>();
        there.forEach(lock -> before.put(lock, identity(lock)));
        return GitProcesses.provenIdle(repository) ? stillThere(before) : List.of();
    }

    /** A lock of the same name that came after nobody was seen at work is another one's. */
    static List<Path> stillThere(Map<Path, Map<String, Object>> before) {
        return before.keySet().stream()
                .filter(LockOwners::canBeSeen)
                .filter(lock -> !GitProcesses.isOpen(lock))
                .filter(lock -> !identity(lock).isEmpty() && identity(lock).equals(before.get(lock)))
                .toList();
    }

    /** What no other file of the name has; empty: there is none, or this cannot be told. */
    static Map<String, Object> identity(Path lock) {
        try {
            return Files.readAttributes(lock, "unix:dev,ino,ctime", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Map.of();
        }
    }

    /**
     * Deletes those that are proven stale.
     *
     * @return the files that were deleted
     * @throws WorktreeException if one cannot be deleted
     */
    public List<Path> remove() {
        List<Path> stale = find();
        for (Path lock : stale) {
            try {
                Files.deleteIfExists(lock);
            } catch (IOException e) {
                throw new WorktreeException(lock + ": a stale lock cannot be deleted (" + e + ")", e);
            }
            log.atWarn().addKeyValue("lock", lock).log("Deleted the lock of a git that is dead");
        }
        return stale;
    }

    private List<Path> locks() {
        Path common = repository.commonDirectory();
        List<Path> locks = new ArrayList<>();
        try {
            locks.addAll(named(common));
            try (DirectoryStream<Path> admins = Files.newDirectoryStream(common.resolve("worktrees"))) {
                for (Path admin : admins) {
                    locks.addAll(named(admin));
                }
            } catch (NoSuchFileException e) {
                log.atTrace().log("There are no linked worktrees");
            }
            Files.walkFileTree(common.resolve("refs"), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".lock") && attributes.isRegularFile()) {
                        locks.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                // Refs come and go while others work in the repository.
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                    if (e == null || e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
            return locks;
        } catch (IOException | DirectoryIteratorException e) {
            throw new WorktreeException(common + ": cannot be searched for locks (" + e + ")", e);
        }
    }

    private static List<Path> named(Path directory) throws IOException {
        List<Path> named = new ArrayList<>();
        NAMES.stream().map(directory::resolve).forEach(named::add);
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> own = Files.newDirectoryStream(directory, HalfDone.INDEX + "*.lock")) {
                own.forEach(named::add);
            }
        }
        named.removeIf(file -> !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
        return named;
    }
}
