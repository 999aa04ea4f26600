package io.github.espalier.examples.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A temporary folder that goes when it is closed. */
public final class ScratchFolder implements AutoCloseable {
    private static final int TRIES = 5;

    private final Path path;

    private ScratchFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes one.
     *
     * @param prefix how its name begins
     * @return the folder
     */
    public static ScratchFolder create(String prefix) {
        try {
            return new ScratchFolder(Files.createTempDirectory(prefix).toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder can be made; set java.io.tmpdir to one with room", e);
        }
    }

    /**
     * Where it is.
     *
     * @return its path
     */
    public Path path() {
        return path;
    }

    /** Deletes it with all that is in it; links are not followed. Others may still be deleting in it at the same time. */
    @Override
    public void close() {
        IOException last = null;
        for (int i = 0; i < TRIES && Files.exists(path); i++) {
            try {
                Files.walkFileTree(path, new Deletion());
            } catch (IOException e) {
                last = e;
            }
        }
        if (last != null && Files.exists(path)) {
            throw new UncheckedIOException(path + ": cannot be deleted; delete it by hand", last);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
