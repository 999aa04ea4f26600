package io.github.espalier.examples.cli;

import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.TaskSeparator;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TrackedFiles;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says which tasks can go side by side, and why not the others. */
@Command(
        name = "separate",
        description = "Says what each task will touch, which tasks can go side by side, and why the others cannot. Runs"
                + " nothing.")
final class SeparateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RepositoryOption repository;

    @Mixin
    private TargetOption target;

    @ArgGroup(multiplicity = "1")
    private TaskSource source;

    @Option(names = "--json", description = "prints JSON")
    private boolean json;

    @Override
    public Integer call() {
        GitRepository opened = repository.open();
        ProjectTree tree = ProjectTree.of(TrackedFiles.at(opened, target.tip(opened)));
        Separation separation = TaskSeparator.of(tree).separate(source.read());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonText.of(SeparationJson.of(separation)));
        } else {
            new SeparationText(separation, out).print();
        }
        out.flush();
        return Failures.OK;
    }
}
