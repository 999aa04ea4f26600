package io.github.espalier.examples.cli;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.Merger;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Merges two commits as a computation. */
@Command(
        name = "merge",
        description =
                "Merges two commits on objects. Prints the merged tree's id and exits with 0; or prints a line for each"
                        + " conflict, kind, tabulator and path, and exits with 1. Moves no ref and touches no file."
                        + " With --json it prints {outcome, tree, conflicts: [{path, kind, base, ours, theirs}]}.")
final class MergeCommand implements Callable<Integer> {
    @Mixin
    private RepositoryOption repository;

    @Parameters(index = "0", paramLabel = "OURS", description = "the commit that is merged into")
    private String ours;

    @Parameters(index = "1", paramLabel = "THEIRS", description = "the commit that is merged")
    private String theirs;

    @Option(
            names = "--engine",
            paramLabel = "git|jgit",
            defaultValue = "git",
            description =
                    "what merges: git's own merge-tree, or JGit in this process, which follows no renames and refuses"
                            + " what it cannot merge as git does; git by default")
    private Engine engine;

    @Mixin
    private JsonOption json;

    /** Engines, in the command line's words. */
    enum Engine {
        GIT,
        JGIT;

        Merger open(GitRepository repository) {
            return this == GIT ? Merger.of(repository) : Merger.jgit(repository);
        }
    }

    @Override
    public Integer call() {
        MergeOutcome outcome = engine.open(repository.open()).merge(new MergeRequest(ours, theirs));
        json.print(() -> MergeJson.of(outcome), out -> lines(outcome).forEach(out::println));
        return outcome instanceof MergeOutcome.Conflicted ? Failures.NOT_ALL : Failures.OK;
    }

    private static List<String> lines(MergeOutcome outcome) {
        if (outcome instanceof MergeOutcome.Conflicted conflicted) {
            return conflicted.conflicts().stream().map(MergeCommand::line).toList();
        }
        return List.of(
                outcome instanceof MergeOutcome.Merged merged
                        ? merged.tree()
                        : ((MergeOutcome.UpToDate) outcome).tree());
    }

    private static String line(Conflict conflict) {
        return conflict.kind().word() + "\t" + PathText.of(conflict.path());
    }
}
