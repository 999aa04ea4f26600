package io.github.espalier.worktree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * All that is the user's own in a checkout: HEAD, the staged content, every file with its mode, the stash and the
 * configuration. Two are equal if nothing of that differs.
 */
public record CheckoutFingerprint(
        String head, String branch, String staged, String stash, String configuration, Map<String, String> files) {
    public static CheckoutFingerprint of(Path checkout) {
        TestRepository repository = TestRepository.at(checkout);
        return new CheckoutFingerprint(
                repository.git("rev-parse", "HEAD"),
                repository.git("rev-parse", "--symbolic-full-name", "HEAD"),
                repository.git("ls-files", "--stage", "-v"),
                repository.git("stash", "list"),
                repository.git("config", "--list", "--show-origin"),
                files(checkout));
    }

    private static Map<String, String> files(Path root) {
        Map<String, String> files = new TreeMap<>();
        try (var walk = Files.walk(root)) {
            for (Path file : walk.toList()) {
                String name = root.relativize(file).toString();
                if (!name.equals(".git") && !name.startsWith(".git/")) {
                    files.put(name, content(file));
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "link " + Files.readSymbolicLink(file);
        } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "folder";
        }
        CRC32C sum = new CRC32C();
        sum.update(Files.readAllBytes(file));
        return "file " + sum.getValue() + " " + Files.getPosixFilePermissions(file);
    }
}
