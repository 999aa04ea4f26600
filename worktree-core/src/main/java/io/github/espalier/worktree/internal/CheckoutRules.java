package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TrustedConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What git goes by besides the commit when it writes files: filters and line ends that are configured, and attributes that
 * are in no commit, as gitattributes(5) lists them. Files that were written by others than hold now may look otherwise.
 * Immutable; what it reads need not be.
 */
final class CheckoutRules {
    private static final Path SYSTEM = Path.of("/etc/gitattributes");

    private final String configured;
    private final List<Path> attributes;

    CheckoutRules(GitRepository repository, TrustedConfiguration configuration) {
        configured = configuration.digest();
        attributes = List.of(
                repository.commonDirectory().resolve("info/attributes"),
                ((ConfigurationSnapshot) configuration)
                        .value("core.attributesfile")
                        .map(CheckoutRules::expanded)
                        .orElseGet(CheckoutRules::usual),
                SYSTEM);
    }

    private static Path expanded(String path) {
        return path.startsWith("~/") ? home().resolve(path.substring(2)) : Path.of(path);
    }

    private static Path usual() {
        return Optional.ofNullable(System.getenv("XDG_CONFIG_HOME"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .orElseGet(() -> home().resolve(".config"))
                .resolve("git/attributes");
    }

    private static Path home() {
        return Path.of(Optional.ofNullable(System.getenv("HOME")).orElse(""));
    }

    /**
     * Tells them from others, and nothing of what they are.
     *
     * @throws IOException if attributes are there and cannot be read
     */
    String digest() throws IOException {
        StringBuilder digests = new StringBuilder(configured);
        for (Path file : attributes) {
            digests.append(',').append(Files.isRegularFile(file) ? FileState.hash(file.toRealPath()) : "");
        }
        return digests.toString();
    }
}
