package io.github.espalier.worktree.internal;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What a command line begins with to run at a low priority. */
final class LowPriority {
    /**
     * POSIX {@code nice} by its own default, a tenth of what a program of the usual priority gets beside it on Linux: little,
     * and yet it comes to an end. Empty where there is none.
     */
    static final List<String> PREFIX = isThere("nice") ? List.of("nice", "-n", "10") : List.of();

    private LowPriority() {}

    private static boolean isThere(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(File.pathSeparator)).anyMatch(folder -> isProgram(folder, program));
    }

    private static boolean isProgram(String folder, String program) {
        try {
            return Files.isExecutable(Path.of(folder, program));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
