package io.github.espalier.examples.cli;

import io.github.espalier.worktree.RescuedWork;
import io.github.espalier.worktree.Rescues;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The only way to get rid of rescues. */
@Command(
        name = "prune",
        description = "Deletes rescues, by id or by age, and prints what it deleted. Nothing else ever deletes one.")
final class RescuesPruneCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private RescuesCommand rescues;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            description = "deletes all rescues older than this, for example 30d or 12h")
    private @Nullable String age;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "deletes these rescues")
    private List<String> ids = new ArrayList<>();

    @Override
    public Integer call() {
        if ((age == null) == ids.isEmpty()) {
            throw new MisuseException("say which rescues to delete: either ids, or --older-than 30d");
        }
        Rescues all = Rescues.of(rescues.open());
        List<RescuedWork> deleted = age == null ? all.prune(ids) : all.pruneBefore(before(age));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Deleted: " + deleted.size());
        deleted.forEach(work -> out.println("  " + RescuesCommand.line(work) + "  " + work.commit()));
        if (!deleted.isEmpty()) {
            out.println("Until git collects its garbage, this brings one back: git update-ref REF COMMIT");
        }
        out.flush();
        return Failures.OK;
    }

    private static Instant before(String age) {
        try {
            return Instant.now().minus(Quantities.duration(age));
        } catch (DateTimeException | ArithmeticException e) {
            throw new MisuseException("'" + age + "' is too long ago; give an age such as 30d");
        }
    }
}
