package io.github.espalier.examples.cli;

import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TargetBranch;
import picocli.CommandLine.Option;

/** Which branch work lands on. */
final class TargetOption {
    @Option(names = "--target", required = true, paramLabel = "B", description = "the branch that work lands on")
    private String name;

    String name() {
        return name;
    }

    /** The commit it points to. */
    String tip(GitRepository repository) {
        return TargetBranch.tip(repository, name);
    }
}
