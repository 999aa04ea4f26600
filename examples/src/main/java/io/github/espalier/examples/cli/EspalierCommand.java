package io.github.espalier.examples.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line without a command. */
@Command(
        name = "espalier",
        description =
                "Runs several coding agents at once on one git repository, each in its own worktree, and lands their"
                        + " work.",
        subcommands = {
            RunCommand.class,
            SeparateCommand.class,
            StatusCommand.class,
            RecoverCommand.class,
            RescuesCommand.class,
            MergeCommand.class,
            ProbeCommand.class,
            LandCommand.class,
            UndoCommand.class,
            PoolCommand.class,
            DemoCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = picocli.CommandLine.ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all landed, or done", "1:something did not land, or is in conflict", "2:misuse"},
        footer = "")
final class EspalierCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "no command; say one of run, separate, status, recover, rescues, merge, probe, land, undo, demo");
    }
}
