package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.Worktree;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** The submodules that a worktree's index names. */
final class Gitlinks {
    private static final String MODE = "160000 ";

    private Gitlinks() {}

    /** The paths of those with a repository in their place, which git would run programs in: paths with {@code /}. */
    static List<String> repositories(Worktree worktree) {
        return Git.in(worktree).command("ls-files", "-z", "--stage").run().nulSeparated().stream()
                .filter(entry -> entry.startsWith(MODE))
                .map(entry -> entry.substring(entry.indexOf('\t') + 1))
                .filter(path -> isRepository(worktree.directory(), path))
                .toList();
    }

    private static boolean isRepository(Path root, String path) {
        try {
            return Files.exists(root.resolve(path).resolve(".git"), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return true; // it cannot be looked at
        }
    }
}
