package io.github.espalier.worktree.internal;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Finds what no commit can hold, without opening a file or following a link. */
final class WorktreeFiles {
    private WorktreeFiles() {}

    static List<String> unsaveable(Path root) throws IOException {
        List<String> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean git = directory.getFileName() != null
                        && directory.getFileName().toString().equals(".git");
                if (git && directory.equals(root.resolve(".git"))) {
                    found.add(".git: a repository of its own, whose history is only there");
                }
                return git ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isOther()) {
                    found.add(root.relativize(file) + ": a socket, pipe or device");
                } else if (attributes.isRegularFile() && !Files.isReadable(file)) {
                    found.add(root.relativize(file) + ": cannot be read");
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                if (Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                    found.add(root.relativize(file) + ": cannot be read");
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
