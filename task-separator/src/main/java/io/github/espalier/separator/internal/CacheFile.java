package io.github.espalier.separator.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Writes a file that several processes may read and write at once: aside, then moved into place, so that all see a whole one. */
public final class CacheFile {
    private static final String ASIDE = ".new";
    /** Whoever writes one aside for so long is dead. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private CacheFile() {}

    /** Puts a content in the place of another; makes the folder. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        String name = file.getFileName().toString();
        Files.createDirectories(folder);
        deleteAbandoned(folder, name);
        Path aside = Files.createTempFile(folder, name + ".", ASIDE);
        try {
            Files.write(aside, content);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static void deleteAbandoned(Path folder, String name) throws IOException {
        Instant latest = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder,
                file -> file.getFileName().toString().startsWith(name + ".")
                        && file.toString().endsWith(ASIDE))) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(latest)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
