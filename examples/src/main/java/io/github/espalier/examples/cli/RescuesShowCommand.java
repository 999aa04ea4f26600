package io.github.espalier.examples.cli;

import io.github.espalier.examples.view.DisplayText;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.RescueMessage;
import io.github.espalier.worktree.RescuedFile;
import io.github.espalier.worktree.RescuedWork;
import io.github.espalier.worktree.Rescues;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** One rescue. */
@Command(
        name = "show",
        description = "Shows a rescue: whose it is, when and why it was made, its files against its base (A added,"
                + " M modified, D deleted, T another type), and how to restore it.")
final class RescuesShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private RescuesCommand rescues;

    @Parameters(paramLabel = "ID", description = "the rescue, as the list has it")
    private String id;

    @Override
    public Integer call() {
        GitRepository repository = rescues.open();
        Rescues all = Rescues.of(repository);
        RescuedWork work = all.find(id);
        List<RescuedFile> files = all.files(work);
        PrintWriter out = spec.commandLine().getOut();
        field(out, "Rescue", work.id());
        field(out, "Ref", work.ref());
        field(out, "Commit", work.commit());
        field(out, "Base", work.base().orElse("(none)"));
        field(out, "Made", RescuesCommand.time(work));
        work.message().ifPresent(message -> message(out, message));
        out.println("Files:  " + files.size());
        files.forEach(file -> out.println("  " + letter(file.status()) + "  " + PathText.of(file.path())));
        field(out, "To restore", "espalier rescues restore " + work.id() + " --to BRANCH");
        out.flush();
        return Failures.OK;
    }

    private static void message(PrintWriter out, RescueMessage message) {
        field(out, "Task", message.task() + ", attempt " + message.attempt());
        field(out, "Run", message.run());
        field(out, "Reason", message.reason());
    }

    private static void field(PrintWriter out, String name, String value) {
        out.println(name + ":  " + DisplayText.clean(value));
    }

    private static char letter(RescuedFile.Status status) {
        return status.name().charAt(0);
    }
}
