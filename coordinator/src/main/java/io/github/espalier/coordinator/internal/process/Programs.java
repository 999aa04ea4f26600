package io.github.espalier.coordinator.internal.process;

import io.github.espalier.coordinator.LaunchException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds programs as an operating system would. */
final class Programs {
    private Programs() {}

    /**
     * The file a program's name stands for.
     *
     * @param directory where names with a slash begin
     * @param environment whose {@code PATH} counts
     * @throws LaunchException if there is none, or it cannot be executed
     */
    static Path find(String program, Path directory, Map<String, String> environment) {
        try {
            if (program.isBlank() || program.indexOf('\0') >= 0) {
                throw new LaunchException(program, "that is no program's name; give a program and its arguments");
            }
            if (program.contains("/") || program.contains(File.separator)) {
                return executable(program, directory.resolve(program));
            }
            for (Path candidate : candidates(program, environment)) {
                if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    return candidate;
                }
            }
        } catch (InvalidPathException e) {
            throw new LaunchException(program, "that is no path here: " + e.getMessage());
        }
        throw new LaunchException(program, "no such program on the PATH; install it, or give its full path");
    }

    private static Path executable(String program, Path file) {
        if (!Files.exists(file)) {
            throw new LaunchException(program, "there is no such file; correct the path or install the program");
        } else if (Files.isDirectory(file)) {
            throw new LaunchException(program, "that is a directory; name the program in it");
        } else if (!Files.isExecutable(file)) {
            throw new LaunchException(program, "the file is not executable; chmod +x it");
        }
        return file;
    }

    private static List<Path> candidates(String program, Map<String, String> environment) {
        List<Path> candidates = new ArrayList<>();
        String path =
                environment.getOrDefault("PATH", environment.getOrDefault("Path", "/usr/local/bin:/usr/bin:/bin"));
        for (String entry : path.split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                candidates.add(Path.of(entry).resolve(program));
                if (File.separatorChar != '/') {
                    candidates.add(Path.of(entry).resolve(program + ".exe"));
                }
            }
        }
        return candidates;
    }
}
