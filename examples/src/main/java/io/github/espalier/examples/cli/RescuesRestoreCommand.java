package io.github.espalier.examples.cli;

import io.github.espalier.examples.view.DisplayText;
import io.github.espalier.worktree.RescuedWork;
import io.github.espalier.worktree.Rescues;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A rescue as a branch. */
@Command(
        name = "restore",
        description = "Makes a new branch with exactly the rescued files. Moves no branch that is there, touches no"
                + " checkout, and keeps the rescue.")
final class RescuesRestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private RescuesCommand rescues;

    @Parameters(paramLabel = "ID", description = "the rescue, as the list has it")
    private String id;

    @Option(names = "--to", required = true, paramLabel = "BRANCH", description = "the branch to make")
    private String branch;

    @Override
    public Integer call() {
        RescuedWork work = Rescues.of(rescues.open()).restore(id, branch);
        PrintWriter out = spec.commandLine().getOut();
        out.println(DisplayText.clean(branch + " is at " + work.commit() + "; look at it with: git switch " + branch));
        out.flush();
        return Failures.OK;
    }
}
