package io.github.espalier.worktree.internal;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * What a worktree has that no commit can hold, found without opening a file or following a link.
 *
 * @param repository whether the worktree is a repository of its own
 * @param special sockets, pipes and devices, which have no content
 * @param unreadable files and folders whose content cannot be read
 */
record WorktreeFiles(boolean repository, List<Path> special, List<Path> unreadable) {
    static WorktreeFiles unsaveable(Path root) throws IOException {
        WorktreeFiles found = new WorktreeFiles(
                Files.isDirectory(root.resolve(".git"), LinkOption.NOFOLLOW_LINKS),
                new ArrayList<>(),
                new ArrayList<>());
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean git = directory.getFileName() != null
                        && directory.getFileName().toString().equals(".git");
                return git ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isOther()) {
                    found.special.add(root.relativize(file));
                } else if (attributes.isRegularFile() && !Files.isReadable(file)) {
                    found.unreadable.add(root.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    found.unreadable.add(root.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
