package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.examples.view.DisplayText;
import io.github.espalier.resources.ResourceException;
import io.github.espalier.separator.SeparationException;
import io.github.espalier.worktree.WorktreeException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one line on standard error and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    /** All landed, or what was asked for was done. */
    static final int OK = 0;

    /** Something did not land, or is in conflict. */
    static final int NOT_ALL = 1;

    /** Misuse. */
    static final int MISUSE = 2;

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        Throwable cause = e.getCause() instanceof MisuseException misuse ? misuse : e;
        String message = String.valueOf(cause.getMessage()).replaceFirst("^Error: ", "");
        say(command, message + "; see '" + command.getCommandSpec().qualifiedName() + " --help'");
        return MISUSE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        boolean expected = e instanceof MisuseException
                || e instanceof CoordinatorException
                || e instanceof SeparationException
                || e instanceof WorktreeException
                || e instanceof ResourceException;
        if (!expected && !(e instanceof BrokenRunException)) {
            throw e;
        }
        say(command, String.valueOf(e.getMessage()));
        return expected ? MISUSE : NOT_ALL;
    }

    private static void say(CommandLine command, String message) {
        command.getErr()
                .println("espalier: "
                        + DisplayText.clean(message).replaceAll(" {2,}", " ").strip());
        command.getErr().flush();
    }
}
