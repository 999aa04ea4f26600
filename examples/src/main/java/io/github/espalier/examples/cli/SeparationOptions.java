package io.github.espalier.examples.cli;

import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.SeparationPolicy;
import io.github.espalier.separator.TaskSeparator;
import io.github.espalier.separator.TaskSeparatorBuilder;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TrackedFiles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What counts as touched by a task, and when two tasks are in conflict. */
final class SeparationOptions {
    @Option(
            names = "--predict",
            description =
                    "predicts from a task's text and the repository's past which files it will touch, where it declares"
                            + " none; the first time takes seconds, in a large repository a minute")
    private boolean predict;

    @Option(
            names = "--incomplete",
            description =
                    "what a task declares is not all that it touches: the rest is predicted too; implies --predict")
    private boolean incomplete;

    @Option(
            names = "--risk",
            paramLabel = "20",
            description =
                    "keeps tasks apart that collide with this probability or more, in percent, instead of those that"
                            + " share a path; implies --predict")
    private @Nullable String risk;

    @Option(
            names = "--tolerate",
            paramLabel = "FILE",
            description = "a file that tasks may change side by side, such as CHANGELOG.md; may be given again")
    private List<String> tolerated = new ArrayList<>();

    @Option(
            names = "--unknown-beside",
            description = "lets a task of which nothing is known run beside others; alone by default")
    private boolean unknownBeside;

    /** The separator for a commit; one that predicts begins to read the history at once, in the background. */
    TaskSeparator separator(GitRepository repository, String commit) {
        ProjectTree tree = ProjectTree.of(TrackedFiles.at(repository, commit));
        if (!isGiven()) {
            return TaskSeparator.of(tree);
        }
        TaskSeparatorBuilder builder = TaskSeparator.builder(tree)
                .tolerate(tolerated.toArray(String[]::new))
                .unknownIsIndependent(unknownBeside)
                .completeDeclarations(!incomplete);
        if (predicts()) {
            builder.history(repository.commonDirectory(), commit);
        }
        if (risk != null) {
            builder.policy(SeparationPolicy.risk(OptionText.read("--risk", risk, SeparationOptions::probability)));
        }
        return builder.build();
    }

    private static double probability(String text) {
        return Quantities.percent(text) / 100;
    }

    /** Whether anything is to be otherwise than by default. */
    boolean isGiven() {
        return predicts() || unknownBeside || !tolerated.isEmpty();
    }

    /** Whether more is said than what is declared or named. */
    boolean predicts() {
        return predict || incomplete || risk != null;
    }
}
