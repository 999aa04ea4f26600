package io.github.espalier.examples.demo;

import io.github.espalier.examples.support.UserGit;
import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A checkout as its user sees it: HEAD, refs, stash, index, configuration, and every file that is not ignored, byte for byte.
 *
 * @param facts what was seen, by name
 */
record CheckoutState(Map<String, String> facts) {
    /** Reads the state and changes nothing: no lock, no refreshed index. */
    static CheckoutState of(GitRepository repository) {
        Map<String, String> facts = new LinkedHashMap<>();
        Path common = repository.commonDirectory();
        UserGit git = new UserGit(repository.mainWorktree().orElse(common));
        facts.put("HEAD", digest(common.resolve("HEAD")));
        facts.put("refs", git.run("for-each-ref", "--format=%(objectname) %(symref) %(refname)"));
        facts.put("stash", digest(common.resolve("logs/refs/stash")));
        facts.put("index", digest(common.resolve("index")));
        facts.put("configuration", digest(common.resolve("config")));
        repository.mainWorktree().ifPresent(directory -> {
            for (String path : git.run("ls-files", "-z", "--cached", "--others", "--exclude-standard")
                    .split("\0", -1)) {
                if (!path.isEmpty()) {
                    facts.put("file " + path, digest(directory.resolve(path)));
                }
            }
        });
        return new CheckoutState(facts);
    }

    /** What is not as it was; empty: nothing. */
    List<String> changesTo(CheckoutState later) {
        return java.util.stream.Stream.concat(facts.keySet().stream(), later.facts.keySet().stream())
                .distinct()
                .filter(name -> !java.util.Objects.equals(facts.get(name), later.facts.get(name)))
                .toList();
    }

    /** How many files were looked at. */
    long files() {
        return facts.keySet().stream().filter(name -> name.startsWith("file ")).count();
    }

    private static String digest(Path file) {
        try {
            if (Files.isSymbolicLink(file)) {
                return "link to " + Files.readSymbolicLink(file);
            } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? "no file" : "missing";
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((Files.isExecutable(file) ? "x" : "-").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
