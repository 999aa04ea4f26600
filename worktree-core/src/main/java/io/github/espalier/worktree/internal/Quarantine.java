package io.github.espalier.worktree.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A folder of objects beside the repository's own, which git reads too. What is stored goes here first: no garbage
 * collection of the repository sees it, a failure leaves nothing behind, and it can be handed over as often as needed.
 */
final class Quarantine {
    private final Path objects;
    private final Path repository;

    private Quarantine(Path objects, Path repository) {
        this.objects = objects;
        this.repository = repository;
    }

    static Quarantine create(Path objects, Path repository) throws IOException {
        Files.createDirectories(objects.resolve("info"));
        String quoted = repository
                .toString()
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n");
        Files.writeString(objects.resolve("info/alternates"), "\"" + quoted + "\"\n");
        return new Quarantine(objects, repository);
    }

    /** One that another process has left. */
    static Quarantine at(Path objects, Path repository) {
        return new Quarantine(objects, repository);
    }

    /**
     * Puts everything into the repository that is not there (any more).
     *
     * @throws IOException if something cannot be put there; the rest was
     */
    void handOver() throws IOException {
        List<Path> folders = list(objects, "[0-9a-f][0-9a-f]");
        if (Files.isDirectory(objects.resolve("pack"))) {
            folders.add(objects.resolve("pack"));
        }
        List<IOException> failures = new ArrayList<>();
        for (Path folder : folders) {
            try {
                handOver(folder);
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            IOException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    /**
     * Takes in objects that the repository has, so that they can be handed over as well.
     *
     * @return whether all are here; those in packs are not taken
     */
    boolean hold(Collection<String> ids) throws IOException {
        boolean all = true;
        for (String id : ids) {
            Path file = LooseObject.file(objects, id);
            all &= Files.exists(file) || take(LooseObject.file(repository, id), file);
        }
        return all;
    }

    private static boolean take(Path from, Path to) throws IOException {
        try {
            link(from, to);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** An index makes git look for its pack, so it comes last. */
    private void handOver(Path folder) throws IOException {
        List<Path> files = list(folder, "*");
        files.sort(Comparator.comparing(file -> file.toString().endsWith(".idx")));
        for (Path file : files) {
            if (!file.getFileName().toString().startsWith("tmp_")) {
                link(file, repository.resolve(objects.relativize(file)));
            }
        }
    }

    private static List<Path> list(Path folder, String names) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, names)) {
            found.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    private static void link(Path file, Path target) throws IOException {
        Path folder = target.resolveSibling(".").normalize();
        FolderOfGit.makeIn(folder, () -> {
            try {
                Files.createLink(target, file);
            } catch (FileAlreadyExistsException e) {
                // another one has handed it over
            } catch (NoSuchFileException e) {
                throw e;
            } catch (UnsupportedOperationException | FileSystemException e) {
                copy(file, target, folder.resolve("tmp_obj_" + UUID.randomUUID()));
            }
        });
    }

    /** For file systems without hard links. */
    private static void copy(Path file, Path target, Path part) throws IOException {
        try {
            Files.copy(file, part);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.READ)) {
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
