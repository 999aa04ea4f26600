package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.WorktreeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Where the repository keeps what it knows of each linked worktree: {@code worktrees/<name>} in the common directory. */
public final class AdminDirectories {
    private AdminDirectories() {}

    /** The administrative directory of a checkout: the common one for the main worktree; empty: it is not registered. */
    public static Optional<Path> of(GitRepository repository, Path checkout) {
        Predicate<Path> isCheckout = sameAs(checkout);
        if (repository.mainWorktree().filter(isCheckout).isPresent()) {
            return Optional.of(repository.commonDirectory());
        }
        Path worktrees = repository.commonDirectory().resolve("worktrees");
        if (!Files.isDirectory(worktrees)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> names = Files.newDirectoryStream(worktrees)) {
            for (Path admin : names) {
                if (registered(admin).filter(isCheckout).isPresent()) {
                    return Optional.of(admin);
                }
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty(); // with the last worktree goes the folder
        } catch (IOException | DirectoryIteratorException e) {
            throw new WorktreeException(worktrees + ": cannot be read (" + e + ")", e);
        }
    }

    /** Whether a directory is the administrative one of a linked worktree. One look, however many worktrees there are. */
    static boolean isOf(GitRepository repository, Path admin, Path checkout) {
        return admin.getParent() != null
                && same(admin.getParent(), repository.commonDirectory().resolve("worktrees"))
                && registered(admin).filter(sameAs(checkout)).isPresent();
    }

    /** The file {@code gitdir} names the checkout's {@code .git} file. One that cannot be read names none. */
    private static Optional<Path> registered(Path admin) {
        try {
            Path dotGit = admin.resolve(text(admin.resolve("gitdir"))).normalize();
            return Optional.ofNullable(dotGit.getParent());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The path that a file of git's own names after a prefix, from a folder on; empty: it names none. */
    static Optional<Path> pointed(Path file, String prefix, Path from) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        try {
            return text.startsWith(prefix)
                    ? Optional.of(from.resolve(text.substring(prefix.length())).normalize())
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** A short file's text without its last line break; empty where there is none. */
    static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    public static boolean same(Path a, Path b) {
        return real(a).equals(real(b));
    }

    /** The same for many paths beside one: real paths are looked up where the names leave it open, which they seldom do. */
    static Predicate<Path> sameAs(Path path) {
        Path real = real(path);
        return other -> other.equals(real) || (canBe(other, real) && real(other).equals(real));
    }

    /** What is no link has its own name. On some file systems case does not tell names apart. */
    private static boolean canBe(Path path, Path real) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null
                || name.toString().equalsIgnoreCase(String.valueOf(real.getFileName()))
                || Files.isSymbolicLink(path);
    }

    /** The real path, also where only a parent of it exists any more. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            return absolute.toRealPath();
        } catch (IOException e) {
            Path parent = absolute.getParent();
            return parent == null ? absolute : real(parent).resolve(absolute.getFileName());
        }
    }
}
