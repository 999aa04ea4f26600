package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes directories disappear at once by a rename, and deletes them in the background without following a symbolic link.
 * What a crash leaves undeleted lies in one known folder and is deleted the next time.
 */
final class Trash implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Trash.class);
    private static final String BESIDE = ".espalier-trash-";
    private static final String NOTE = ".beside";

    private final Path folder;
    private final BackgroundThread deleter = new BackgroundThread("espalier-trash");

    Trash(GitRepository repository) {
        folder = repository.stateDirectory().resolve("trash");
    }

    /** Moves a directory out of sight and has it deleted. One that does not exist is no error. */
    void discard(Path directory) {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            deleteLater(moveAside(directory));
        }
    }

    /** Moves a directory out of sight; returns where it is now. */
    Path moveAside(Path directory) {
        String name = UUID.randomUUID().toString();
        try {
            Files.createDirectories(folder);
            return Files.move(directory, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            return moveBeside(directory, name);
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    /** On another file system than the repository a directory can only be renamed where it is; a note tells of it. */
    private Path moveBeside(Path directory, String name) {
        Path aside = directory.resolveSibling(BESIDE + name);
        try {
            Files.writeString(folder.resolve(name + NOTE), aside.toString());
            return Files.move(directory, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    private static WorktreeException failed(Path directory, IOException e) {
        return new WorktreeException(directory + ": cannot be moved aside (" + e + "); nothing was removed", e);
    }

    /** Brings back what was moved aside; beside its place if that was taken meanwhile. Returns where it is. */
    Path putBack(Path aside, Path directory) {
        Path place = Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
                ? directory.resolveSibling(directory.getFileName() + "-kept-" + UUID.randomUUID())
                : directory;
        try {
            return Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new WorktreeException(
                    aside + ": holds work and cannot be moved back to " + place + " (" + e + ")", e);
        }
    }

    void deleteLater(Path aside) {
        deleter.execute(() -> delete(aside));
    }

    /** Deletes what earlier processes left. */
    void resume() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path entry : left) {
                deleteLater(noted(entry)
                        .filter(aside -> Files.exists(aside, LinkOption.NOFOLLOW_LINKS))
                        .orElse(entry));
            }
        } catch (IOException e) {
            log.atWarn().addKeyValue("folder", folder).setCause(e).log("Cannot look for undeleted worktrees");
        }
    }

    /** What a note tells of, if it is a name that only we give. */
    private static Optional<Path> noted(Path note) throws IOException {
        String name = String.valueOf(note.getFileName());
        if (!name.endsWith(NOTE) || !Files.isRegularFile(note, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Path aside = Path.of(Files.readString(note));
        String expected = BESIDE + name.substring(0, name.length() - NOTE.length());
        return Optional.of(aside).filter(path -> path.endsWith(expected));
    }

    private void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new Deletion());
            String name = String.valueOf(directory.getFileName());
            if (name.startsWith(BESIDE)) {
                Files.deleteIfExists(folder.resolve(name.substring(BESIDE.length()) + NOTE));
            }
        } catch (NoSuchFileException e) {
            // another process was deleting it too
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("directory", directory)
                    .setCause(e)
                    .log("Left undeleted; the next prune tries again");
        }
    }

    @Override
    public void close() {
        deleter.close();
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            // Build tools and agents leave read-only folders, whose entries could not be deleted otherwise.
            if (!Files.isWritable(directory) && !directory.toFile().setWritable(true)) {
                log.atDebug().addKeyValue("directory", directory).log("Cannot be made writable");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
