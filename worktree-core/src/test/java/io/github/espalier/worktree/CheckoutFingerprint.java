package io.github.espalier.worktree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * All that is the user's own in a checkout: HEAD, the staged content, every file with its mode, the stash, the refs and
 * the configuration. Two are equal if nothing of that differs.
 */
public record CheckoutFingerprint(
        String head,
        String branch,
        String staged,
        String stash,
        List<String> refs,
        List<String> configuration,
        Map<String, String> files) {

    /** All but the refs. */
    public static CheckoutFingerprint of(Path checkout) {
        return of(checkout, "refs/");
    }

    /**
     * All, with the refs.
     *
     * @param allowedRefs full names or beginnings of names of refs that may change
     */
    public static CheckoutFingerprint of(Path checkout, String... allowedRefs) {
        TestRepository repository = TestRepository.at(checkout);
        return new CheckoutFingerprint(
                repository.head(),
                repository.branch(),
                repository.git("ls-files", "--stage", "-v"),
                repository.stash(),
                refs(repository, List.of(allowedRefs)),
                repository.git("config", "--list", "--show-origin").lines().toList(),
                files(checkout));
    }

    private static List<String> refs(TestRepository repository, List<String> allowed) {
        if (allowed.contains("refs/")) {
            return List.of();
        }
        return repository
                .git("for-each-ref", "--format=%(refname) %(objectname) %(symref)")
                .lines()
                .filter(ref -> allowed.stream().noneMatch(ref::startsWith))
                .toList();
    }

    /** The same but for configuration keys that begin so. */
    public CheckoutFingerprint without(String... keys) {
        return new CheckoutFingerprint(
                head,
                branch,
                staged,
                stash,
                refs,
                configuration.stream()
                        .filter(line -> Arrays.stream(keys).noneMatch(key -> line.contains("\t" + key)))
                        .toList(),
                files);
    }

    /** All but {@code .git}, which is not entered: git's files come and go while agents work. */
    private static Map<String, String> files(Path root) {
        Map<String, String> files = new TreeMap<>();
        Path git = root.resolve(".git");
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    if (folder.equals(git)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    files.put(root.relativize(folder).toString(), "folder");
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (!file.equals(git)) {
                        files.put(root.relativize(file).toString(), content(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "link " + Files.readSymbolicLink(file);
        } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "special";
        }
        CRC32C sum = new CRC32C();
        sum.update(Files.readAllBytes(file));
        return "file " + sum.getValue() + " " + Files.getPosixFilePermissions(file);
    }
}
