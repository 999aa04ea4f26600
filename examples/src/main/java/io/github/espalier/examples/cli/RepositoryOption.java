package io.github.espalier.examples.cli;

import io.github.espalier.worktree.GitRepository;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which repository. */
final class RepositoryOption {
    @Option(
            names = "--repo",
            paramLabel = "R",
            defaultValue = ".",
            description =
                    "the repository: a checkout, a folder in one, or a bare one; by default the working directory")
    private Path path;

    Path path() {
        return path;
    }

    GitRepository open() {
        return GitRepository.open(path);
    }
}
