package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits written as git writes them, in this process: a file of its own that holds the compressed object, made under a name
 * that {@code git gc} clears away where it is left, and moved into its place whole.
 */
final class LooseObject {
    private static final Logger log = LoggerFactory.getLogger(LooseObject.class);

    private LooseObject() {}

    /**
     * Writes a commit into a folder of objects that belongs to a repository.
     *
     * @return its id; empty: git has to write it
     */
    static Optional<String> commit(GitRepository repository, Path objects, byte[] content) {
        if (!PlainRepository.is(repository)) {
            return Optional.empty();
        }
        try {
            return Optional.of(write(objects, content));
        } catch (IOException e) { // git will say what is wrong
            log.atDebug().addKeyValue("objects", objects).setCause(e).log("Cannot be written to in this process");
            return Optional.empty();
        }
    }

    private static String write(Path objects, byte[] content) throws IOException {
        String id = new ObjectInserter.Formatter()
                .idFor(Constants.OBJ_COMMIT, content)
                .name();
        Path file = file(objects, id);
        if (Files.exists(file)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now())); // it is in use: gc goes by that
            return id;
        }
        byte[] compressed = compressed(content);
        FolderOfGit.makeIn(file.resolveSibling(".").normalize(), () -> put(file, compressed));
        return id;
    }

    /** Where an object lies that has a file of its own. */
    static Path file(Path objects, String id) {
        return objects.resolve(id.substring(0, 2)).resolve(id.substring(2));
    }

    private static void put(Path file, byte[] compressed) throws IOException {
        Path part = file.resolveSibling("tmp_obj_" + UUID.randomUUID());
        try {
            Files.write(part, compressed, StandardOpenOption.CREATE_NEW);
            if (!part.toFile().setReadOnly()) {
                throw new IOException(part + ": cannot be made read-only");
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static byte[] compressed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(("commit " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            deflater.write(content);
        }
        return bytes.toByteArray();
    }
}
