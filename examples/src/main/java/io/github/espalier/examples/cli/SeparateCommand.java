package io.github.espalier.examples.cli;

import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.TaskSeparator;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.TrackedFiles;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says which tasks can go side by side, and why not the others. */
@Command(
        name = "separate",
        description = "Says what each task will touch, which tasks can go side by side, and why the others cannot. Runs"
                + " nothing.")
final class SeparateCommand implements Callable<Integer> {
    @Mixin
    private RepositoryOption repository;

    @Mixin
    private TargetOption target;

    @ArgGroup(multiplicity = "1")
    private TaskSource source;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        GitRepository opened = repository.open();
        ProjectTree tree = ProjectTree.of(TrackedFiles.at(opened, target.tip(opened)));
        Separation separation = TaskSeparator.of(tree).separate(source.read());
        json.print(() -> SeparationJson.of(separation), out -> new SeparationText(separation, out).print());
        return Failures.OK;
    }
}
