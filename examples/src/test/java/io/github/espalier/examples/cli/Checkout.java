package io.github.espalier.examples.cli;

import io.github.espalier.worktree.CheckoutFingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A checkout as git sees it, and byte for byte what git keeps of it.
 *
 * @param fingerprint as git sees it
 * @param bytes git's own files, by name
 */
record Checkout(CheckoutFingerprint fingerprint, Map<String, String> bytes) {
    static Checkout of(Path directory) {
        Map<String, String> bytes = new TreeMap<>();
        for (String name : new String[] {"HEAD", "index", "config", "logs/HEAD", "logs/refs/stash", "refs/stash"}) {
            Path file = directory.resolve(".git").resolve(name);
            try {
                bytes.put(name, Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "absent");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Checkout(CheckoutFingerprint.of(directory), bytes);
    }
}
