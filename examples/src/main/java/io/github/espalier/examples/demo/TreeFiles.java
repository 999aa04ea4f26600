package io.github.espalier.examples.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads and writes text in a worktree. Line ends do not count: a user's git may be set to change them. */
final class TreeFiles {
    private TreeFiles() {}

    static List<String> lines(Path file) {
        try {
            // Bytes that are no UTF-8 are no reason to fail: this only looks for headings and tables.
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, List<String> lines) {
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
