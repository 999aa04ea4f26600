package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.Worktree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Finds a worktree's directory, also where an agent has moved it. */
final class WorktreePlace {
    private static final int LONGEST_POINTER = 8192;

    private WorktreePlace() {}

    /**
     * A folder whose {@code .git} file names the worktree's registration: its own, the one that git has on record, or one
     * beside its own. If there is none, its own without that file; empty: that is gone.
     */
    static Optional<Path> find(Worktree worktree) throws IOException {
        Path own = worktree.directory();
        if (!names(own, worktree.gitDirectory())) {
            for (Path place : places(worktree)) {
                if (names(place, worktree.gitDirectory())) {
                    return Optional.of(place);
                }
            }
        }
        return Optional.of(own).filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
    }

    /** Whether a folder is there with something in it. */
    static boolean holdsFiles(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return entries.iterator().hasNext();
        }
    }

    private static Set<Path> places(Worktree worktree) throws IOException {
        Set<Path> places = new LinkedHashSet<>();
        Path record = worktree.gitDirectory().resolve("gitdir");
        if (Files.isRegularFile(record, LinkOption.NOFOLLOW_LINKS)) {
            AdminDirectories.pointed(record, "", worktree.gitDirectory())
                    .map(Path::getParent)
                    .ifPresent(places::add);
        }
        Path own = worktree.directory();
        if (Files.isSymbolicLink(own) && Files.isDirectory(own)) {
            places.add(own.toRealPath());
        }
        Path parent = own.getParent();
        if (parent != null && Files.isReadable(parent)) {
            try (DirectoryStream<Path> beside = Files.newDirectoryStream(parent)) {
                beside.forEach(places::add);
            }
        }
        return places;
    }

    private static boolean names(Path directory, Path registration) throws IOException {
        Path pointer = directory.resolve(".git");
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(pointer, LinkOption.NOFOLLOW_LINKS)
                || !Files.isReadable(pointer)
                || Files.size(pointer) > LONGEST_POINTER) {
            return false;
        }
        return AdminDirectories.pointed(pointer, "gitdir: ", directory)
                .filter(named -> AdminDirectories.same(named, registration))
                .isPresent();
    }
}
