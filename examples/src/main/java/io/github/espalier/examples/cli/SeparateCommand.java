package io.github.espalier.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.coordinator.RunHistory;
import io.github.espalier.separator.Charts;
import io.github.espalier.separator.Plan;
import io.github.espalier.separator.Schedule;
import io.github.espalier.separator.Separation;
import io.github.espalier.worktree.GitRepository;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    private SeparationOptions separating;

    @Mixin
    private JsonOption json;

    @Option(names = "--plan", description = "prints too when each task would run, and what it waits for")
    private boolean plan;

    @Option(names = "--html", paramLabel = "FILE", description = "writes a page with the conflict matrix and the plan")
    private @Nullable Path html;

    @Option(
            names = "--max-instances",
            paramLabel = "N",
            defaultValue = "2",
            description = "agents at once in the plan; 2 by default")
    private int maxInstances;

    @Override
    public Integer call() {
        GitRepository opened = repository.open();
        Separation separation = separating.separator(opened, target.tip(opened)).separate(source.read());
        Plan planned = Schedule.of(separation, RunHistory.of(opened).efforts())
                .plan(Quantities.atLeastOne("--max-instances", maxInstances));
        if (html != null) {
            write(html, Charts.page("Plan for " + target.name(), separation, planned));
        }
        json.print(() -> node(separation, planned), out -> print(separation, planned, out));
        return Failures.OK;
    }

    private ObjectNode node(Separation separation, Plan planned) {
        ObjectNode node = SeparationJson.of(separation);
        if (plan) {
            node.set("plan", PlanJson.of(planned));
        }
        return node;
    }

    private void print(Separation separation, Plan planned, PrintWriter out) {
        new SeparationText(separation, separating.predicts(), out).print();
        if (plan) {
            PlanText.print(planned, out);
        }
    }

    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new MisuseException(
                    "--html " + file + ": cannot be written (" + e + "); name a file in a folder of yours");
        }
    }
}
