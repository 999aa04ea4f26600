package io.github.espalier.examples.demo;

import io.github.espalier.worktree.GitRepository;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts this jar's own programs as processes, from whatever folder. */
final class OwnPrograms {
    private OwnPrograms() {}

    /** The command that runs a class of this jar. */
    static List<String> command(Class<?> program, String... arguments) {
        List<String> argv = new ArrayList<>(JavaProgram.command());
        argv.addAll(List.of("-cp", classPath(), program.getName()));
        argv.addAll(List.of(arguments));
        return argv;
    }

    /** The jar, or the class folder, that this was loaded from. */
    static Optional<Path> location() {
        return location(OwnPrograms.class);
    }

    /** One fat jar; or, in a build, this module's classes and those it uses. */
    private static String classPath() {
        return Stream.of(OwnPrograms.class, GitRepository.class)
                .flatMap(type -> location(type).stream())
                .map(Path::toString)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Optional<Path> location(Class<?> type) {
        try {
            return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                    .map(CodeSource::getLocation)
                    .map(String::valueOf)
                    .filter(url -> url.startsWith("file:"))
                    .map(url -> Path.of(URI.create(url)).toAbsolutePath());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
