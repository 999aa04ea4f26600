package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Git;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings files that git ignores, such as {@code .env}, from the main worktree into a new one. Thread-safe. */
public final class IgnoredFiles {
    private static final String INCLUDE = ".worktreeinclude";

    private final GitRepository repository;

    private IgnoredFiles(GitRepository repository) {
        this.repository = repository;
    }

    /**
     * The ignored files of a repository's main worktree.
     *
     * @param repository the repository; a bare one has none
     * @return its ignored files
     */
    public static IgnoredFiles of(GitRepository repository) {
        return new IgnoredFiles(repository);
    }

    /**
     * Copies ignored files that {@code .worktreeinclude} in the main worktree's root or a pattern names. What is in the new
     * worktree already is kept; nothing is written through a symbolic link; special files are not copied.
     *
     * @param worktree the new worktree
     * @param patterns in gitignore syntax
     * @throws IgnoredFilesException if a file cannot be copied
     */
    public void copyInto(Worktree worktree, List<String> patterns) {
        Optional<Path> main = repository.mainWorktree();
        if (main.isEmpty()) {
            return;
        }
        for (String path : named(main.get(), patterns)) {
            try {
                copy(main.get().resolve(path), worktree.directory(), path);
            } catch (IOException | InvalidPathException e) {
                throw failed(path, "cannot be copied into the worktree; check its permissions", e);
            }
        }
    }

    private List<String> named(Path main, List<String> patterns) {
        List<String> list = new ArrayList<>(List.of("ls-files", "-z", "--others", "--ignored"));
        if (Files.isRegularFile(main.resolve(INCLUDE))) {
            list.add("--exclude-from=" + main.resolve(INCLUDE));
        }
        patterns.forEach(pattern -> list.add("--exclude=" + pattern));
        if (list.size() == 4) {
            return List.of();
        }
        Git git = Git.in(repository.commonDirectory(), main);
        byte[] candidates = git.command(list).run().bytes();
        if (candidates.length == 0) {
            return List.of();
        }
        return git.command("check-ignore", "-z", "--stdin").input(candidates).accept(1).run().nulSeparated().stream()
                .filter(path -> !path.isEmpty() && !path.endsWith("/"))
                .toList();
    }

    private static void copy(Path from, Path root, String path) throws IOException {
        Path to = root.resolve(path);
        if (!(Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(from))) {
            return;
        }
        makeParents(root, path);
        try {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        } catch (FileAlreadyExistsException e) {
            // the new worktree's own file stays
        }
    }

    private static void makeParents(Path root, String path) throws IOException {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            Path parent = root.resolve(path.substring(0, slash));
            if (!Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(parent);
            } else if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                throw new IgnoredFilesException(
                        path, "would be written through " + parent + ", which is no folder; name another path");
            }
        }
    }

    /**
     * Makes symbolic links in the new worktree to ignored files or folders of the main one, which then share them.
     *
     * @param worktree the new worktree
     * @param paths relative to the main worktree's root
     * @throws IgnoredFilesException if a path is not one inside the main worktree, does not exist, is tracked, or its link
     *     would not be ignored
     */
    public void linkInto(Worktree worktree, List<String> paths) {
        for (String path : paths) {
            Path main = repository
                    .mainWorktree()
                    .orElseThrow(() -> new IgnoredFilesException(path, "a bare repository has no files to link to"));
            link(worktree, main, path);
        }
    }

    private void link(Worktree worktree, Path main, String path) {
        Path relative = relative(path);
        String name = relative.toString();
        if (!Files.exists(main.resolve(relative), LinkOption.NOFOLLOW_LINKS)) {
            throw new IgnoredFilesException(path, "is not in " + main + "; make it there first");
        }
        if (Git.in(repository.commonDirectory(), main)
                        .command("--literal-pathspecs", "ls-files", "-z", "--", name)
                        .run()
                        .bytes()
                        .length
                > 0) {
            throw new IgnoredFilesException(path, "is tracked, so every worktree has it; name only ignored paths");
        }
        Path link = worktree.directory().resolve(relative);
        try {
            makeParents(worktree.directory(), name);
            if (isLinkTo(link, main.resolve(relative))) {
                return;
            }
            Files.createSymbolicLink(link, main.resolve(relative));
            boolean ignored = Git.in(worktree)
                            .command("check-ignore", "-q", "-z", "--stdin")
                            .input(name + "\0")
                            .accept(1)
                            .run()
                            .exitCode()
                    == 0;
            if (!ignored) {
                Files.delete(link);
                throw new IgnoredFilesException(
                        path, "its link would not be ignored; write " + name + " without a slash in .gitignore");
            }
        } catch (IOException e) {
            throw failed(path, "cannot be linked into the worktree", e);
        }
    }

    /** An adopted worktree has the link already. */
    private static boolean isLinkTo(Path link, Path target) throws IOException {
        return Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target);
    }

    private static Path relative(String path) {
        try {
            Path given = Path.of(path);
            Path relative = given.normalize();
            boolean climbs = false;
            for (Path part : given) {
                climbs |= part.toString().equals("..") || part.toString().equals(".git");
            }
            if (!given.isAbsolute() && !climbs && !relative.toString().isEmpty()) {
                return relative;
            }
        } catch (InvalidPathException e) {
            throw failed(path, "is no path", e);
        }
        throw new IgnoredFilesException(path, "must be a path inside the main worktree, without ..");
    }

    private static IgnoredFilesException failed(String path, String why, Exception cause) {
        IgnoredFilesException failure = new IgnoredFilesException(path, why + " (" + cause + ")");
        failure.initCause(cause);
        return failure;
    }
}
