package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Makes a worktree that an agent had look as if it had just been made. What tells which files were touched is an index that
 * the agent did not have: it knows each file's change time, which the kernel sets and no program can. Such files are written
 * anew, modes and times with them; what that index does not know is deleted. Costs a look at each file, and a write of those
 * that were touched; done at a low priority, for nobody waits.
 */
final class Emptying {
    private static final Set<String> KEPT_OF_REGISTRATION = Set.of("gitdir", "commondir", "HEAD", "locked");

    private final GitRepository repository;
    private final TrustedConfiguration configuration;
    private final List<String> keeping;

    Emptying(GitRepository repository, TrustedConfiguration configuration, List<String> keeping) {
        this.repository = repository;
        this.configuration = configuration;
        this.keeping = keeping;
    }

    /**
     * Empties it; returns how many bytes its files hold then.
     *
     * @param index of the worktree when it was handed out; moved
     * @param base the commit that it was handed out at
     * @throws WorktreeException if it cannot be made so, and is not to be used again
     */
    long empty(Path admin, Path tree, Path index, String base) throws IOException {
        if (!Files.isDirectory(admin, LinkOption.NOFOLLOW_LINKS)
                || !Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
            throw new WorktreeException(
                    tree + " or " + admin + ": is no folder, and what a link leads to is not emptied");
        }
        strip(admin);
        Files.move(index, admin.resolve("index"), StandardCopyOption.ATOMIC_MOVE);
        resetDotGit(admin, tree);
        resetModes(tree);
        requireSame(admin, tree, base);
        List<String> clean = new ArrayList<>(List.of("clean", "-ffdxq"));
        keeping.forEach(pattern -> clean.add("--exclude=" + pattern));
        slow(admin, tree, clean.toArray(String[]::new)).run();
        // The attributes come first: git goes by those in the worktree when it writes the rest.
        slow(admin, tree, "checkout-index", "--force", "--quiet", "--index", "-z", "--stdin")
                .input(attributes(admin, tree))
                .run();
        slow(admin, tree, "checkout-index", "--all", "--force", "--quiet", "--index")
                .run();
        requireEmpty(admin, tree);
        return bytes(tree);
    }

    /** An agent can put anything into its registration: states of merges, settings, sparse patterns, refs, logs. */
    private static void strip(Path admin) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(admin)) {
            for (Path entry : entries) {
                if (!KEPT_OF_REGISTRATION.contains(String.valueOf(entry.getFileName()))) {
                    RoomFolder.delete(entry);
                    if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
                        throw new IOException(entry + ": cannot be deleted");
                    }
                }
            }
        }
        PoolMark.replace(admin.resolve("commondir"), "../..");
    }

    private static void resetDotGit(Path admin, Path tree) throws IOException {
        Path dotGit = tree.resolve(".git");
        if (Files.exists(dotGit, LinkOption.NOFOLLOW_LINKS)) {
            RoomFolder.delete(dotGit);
        }
        Files.writeString(dotGit, "gitdir: " + admin + "\n");
    }

    /**
     * To those of folders and files that are made now; git compares change times in whole seconds, where it is so built, and
     * minds no more of a mode than whether its owner may execute the file.
     */
    private static void resetModes(Path tree) throws IOException {
        if (!Files.getFileStore(tree).supportsFileAttributeView("posix")) {
            return;
        }
        Path folder = Files.createDirectory(tree.resolveSibling("sample"));
        Path file = Files.createFile(folder.resolve("file"));
        Set<PosixFilePermission> ofFolders = Files.getPosixFilePermissions(folder);
        Set<PosixFilePermission> ofFiles = Files.getPosixFilePermissions(file);
        Set<PosixFilePermission> ofPrograms = executable(ofFiles);
        RoomFolder.delete(folder);
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                reset(directory, ofFolders);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    boolean program = modes(path).contains(PosixFilePermission.OWNER_EXECUTE);
                    reset(path, program ? ofPrograms : ofFiles);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Whoever may read may execute, as git has it. */
    private static Set<PosixFilePermission> executable(Set<PosixFilePermission> readable) {
        Set<PosixFilePermission> all = EnumSet.copyOf(readable);
        readable.stream()
                .map(PosixFilePermission::name)
                .filter(name -> name.endsWith("_READ"))
                .forEach(name -> all.add(PosixFilePermission.valueOf(name.replace("_READ", "_EXECUTE"))));
        return all;
    }

    private static void reset(Path path, Set<PosixFilePermission> usual) throws IOException {
        if (!modes(path).equals(usual)) {
            Files.setPosixFilePermissions(path, usual);
        }
    }

    private static Set<PosixFilePermission> modes(Path path) throws IOException {
        return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** An index of another commit would let the next task begin at the wrong files; of submodules git sees no file. */
    private void requireSame(Path admin, Path tree, String base) {
        boolean same = slow(admin, tree, "diff-index", "--cached", "--quiet", "--no-ext-diff", base, "--")
                        .accept(1)
                        .run()
                        .exitCode()
                == 0;
        boolean submodules = slow(admin, tree, "ls-files", "-z", "--stage").run().nulSeparated().stream()
                .anyMatch(entry -> entry.startsWith("160000"));
        if (!same || submodules) {
            throw new WorktreeException(
                    tree + (same ? ": has submodules" : ": was moved to another commit than " + base));
        }
    }

    private String attributes(Path admin, Path tree) {
        return slow(admin, tree, "ls-files", "-z").run().nulSeparated().stream()
                .filter(path -> path.equals(".gitattributes") || path.endsWith("/.gitattributes"))
                .map(path -> path + "\0")
                .collect(Collectors.joining());
    }

    private void requireEmpty(Path admin, Path tree) {
        List<String> others = new ArrayList<>(List.of("ls-files", "-z", "--others"));
        keeping.forEach(pattern -> others.add("--exclude=" + pattern));
        List<String> left =
                slow(admin, tree, others.toArray(String[]::new)).run().nulSeparated();
        boolean same = slow(admin, tree, "diff-files", "--quiet", "--ignore-submodules=none")
                        .accept(1)
                        .run()
                        .exitCode()
                == 0;
        if (!left.isEmpty() || !same) {
            throw new WorktreeException(
                    tree + ": still holds what its last task left" + (left.isEmpty() ? "" : ", first " + left.get(0)));
        }
    }

    /** Writes all files of a commit into a worktree that has none. */
    void fill(Path admin, Path tree, String commit) {
        slow(admin, tree, "reset", "--hard", "--quiet", commit)
                .writingManyFiles()
                .run();
    }

    /**
     * Goes from one commit to another in a worktree that was emptied, for a task that waits; costs what differs, unless that
     * says how all files are written.
     */
    void bring(Path admin, Path tree, String from, String to) {
        if (from.equals(to)) {
            return;
        }
        List<TreeDifference> differences = TreeDifference.asGitSees(repository, from, to);
        boolean allAnew = differences.stream().anyMatch(TreeDifference::isOfAttributes);
        // To restore, git fetches objects that are not here one by one.
        Optional<String> few = allAnew || repository.partialClone() ? Optional.empty() : FewChanges.paths(differences);
        if (few.isPresent()) {
            restore(admin, tree, to, few.get());
        } else {
            git(admin, tree, "read-tree", "-m", "-u", "--no-recurse-submodules", from, to)
                    .writingManyFiles()
                    .run();
        }
        if (allAnew) {
            git(admin, tree, "read-tree", "--no-recurse-submodules", to).run(); // forgets which files are up to date
            git(admin, tree, "checkout-index", "--all", "--force", "--quiet", "--index")
                    .writingManyFiles()
                    .run();
        }
    }

    private void restore(Path admin, Path tree, String commit, String paths) {
        if (!paths.isEmpty()) {
            List<String> command = List.of(
                    "restore",
                    "--quiet",
                    "--source=" + commit,
                    "--staged",
                    "--worktree",
                    "--no-overlay",
                    "--no-recurse-submodules",
                    "--pathspec-from-file=-",
                    "--pathspec-file-nul");
            git(admin, tree, command.toArray(String[]::new))
                    .environment("GIT_LITERAL_PATHSPECS", "1")
                    .input(paths)
                    .run();
        }
    }

    private GitCommand slow(Path admin, Path tree, String... command) {
        return git(admin, tree, command).inBackground();
    }

    private GitCommand git(Path admin, Path tree, String... command) {
        return Git.in(admin, tree)
                .fetching(repository)
                .trusting(configuration)
                .command(command)
                .config("core.trustctime", "true")
                .config("core.checkStat", "default")
                .config("core.untrackedCache", "false")
                .config("core.splitIndex", "false");
    }

    /** How many bytes the files below a folder hold. */
    static long bytes(Path folder) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.get();
    }
}
