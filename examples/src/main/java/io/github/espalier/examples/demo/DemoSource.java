package io.github.espalier.examples.demo;

import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.TrackedFiles;
import io.github.espalier.worktree.WorktreeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the repository that the demo clones. */
final class DemoSource {
    /** By this file this project's own repository is known. */
    private static final String OWN_FILE = "examples/src/main/java/io/github/espalier/examples/demo/DemoSource.java";

    private DemoSource() {}

    /** This project's own repository, if the jar or the working directory lies in it. */
    static Optional<GitRepository> own() {
        return Stream.of(OwnPrograms.location(), Optional.of(Path.of("").toAbsolutePath()))
                .flatMap(Optional::stream)
                .map(path -> Files.isDirectory(path) ? path : path.resolveSibling("."))
                .flatMap(path -> open(path).stream())
                .filter(DemoSource::isOwn)
                .findFirst();
    }

    private static Optional<GitRepository> open(Path path) {
        try {
            return Optional.of(GitRepository.open(path));
        } catch (WorktreeException e) {
            return Optional.empty();
        }
    }

    private static boolean isOwn(GitRepository repository) {
        return Refs.of(repository)
                .commit("HEAD")
                .map(head -> TrackedFiles.at(repository, head).contains(OWN_FILE))
                .orElse(false);
    }

    /** A small project made for the occasion. */
    static GitRepository generated(Path directory) {
        SampleProject.create(directory);
        return GitRepository.open(directory);
    }
}
