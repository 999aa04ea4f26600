package io.github.espalier.examples.cli;

import io.github.espalier.examples.view.DisplayText;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.RescueMessage;
import io.github.espalier.worktree.RescuedWork;
import io.github.espalier.worktree.Rescues;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** What agents left that is on no branch. */
@Command(
        name = "rescues",
        description = "Lists rescued work, newest first; or shows, restores or deletes it.",
        subcommands = {RescuesShowCommand.class, RescuesRestoreCommand.class, RescuesPruneCommand.class})
final class RescuesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    // Inherited, so that it may stand before and after the subcommand; therefore without a default, which would be
    // applied once more for the subcommand and win over what was given before it.
    @Option(
            names = "--repo",
            paramLabel = "R",
            scope = ScopeType.INHERIT,
            description =
                    "the repository: a checkout, a folder in one, or a bare one; by default the working directory")
    private @Nullable Path path;

    GitRepository open() {
        return GitRepository.open(path == null ? Path.of(".") : path);
    }

    @Override
    public Integer call() {
        List<RescuedWork> list = Rescues.of(open()).list();
        PrintWriter out = spec.commandLine().getOut();
        out.println("Rescues: " + list.size());
        list.forEach(work -> out.println("  " + line(work)));
        out.flush();
        return Failures.OK;
    }

    /** A rescue in one line. */
    static String line(RescuedWork work) {
        String what = work.message().map(RescuesCommand::what).orElse("(no description)");
        return DisplayText.clean(work.id() + "  " + time(work) + "  " + what + "  " + work.ref());
    }

    static String time(RescuedWork work) {
        return work.time().map(Object::toString).orElse("(time unknown)");
    }

    private static String what(RescueMessage message) {
        return message.task() + ", attempt " + message.attempt() + ": " + message.reason();
    }
}
