package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder among the system's temporary ones, for as long as it is open. */
final class TemporaryFolder implements AutoCloseable {
    private final Path directory;

    private TemporaryFolder(Path directory) {
        this.directory = directory;
    }

    /** Puts into a folder what has to be there. */
    @FunctionalInterface
    interface Furnishing {
        void furnish(Path directory) throws IOException;
    }

    /**
     * Makes one.
     *
     * @param name what its name begins with
     * @param purpose for an error message: what there is no room for
     * @throws WorktreeException if it cannot be made or furnished; then there is none
     */
    static TemporaryFolder create(String name, String purpose, Furnishing furnishing) {
        try {
            TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory(name));
            try {
                furnishing.furnish(folder.directory);
                return folder;
            } catch (IOException | RuntimeException e) {
                folder.close();
                throw e;
            }
        } catch (IOException e) {
            throw new WorktreeException(
                    "no room " + purpose + " in the temporary folder " + System.getProperty("java.io.tmpdir") + ": "
                            + e,
                    e);
        }
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new WorktreeException("the temporary folder " + directory + " cannot be removed: " + e, e);
        }
    }
}
