package io.github.espalier.resources.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Reads the small text files in which Linux tells of itself. What is not there or not understood is empty. */
final class KernelFiles {
    private KernelFiles() {}

    static List<String> lines(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of(); // not ours to read, or switched off in this kernel: as if it were not there
        }
    }

    static OptionalLong number(Path file) {
        List<String> lines = lines(file);
        return lines.isEmpty() ? OptionalLong.empty() : parse(lines.get(0));
    }

    /** The number after a name, in a file of lines "name number". */
    static OptionalLong statistic(Path file, String name) {
        return lines(file).stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> parse(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    /** Empty for {@code max} and the like, and for numbers beyond a long. */
    static OptionalLong parse(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
