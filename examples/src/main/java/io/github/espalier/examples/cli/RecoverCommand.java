package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.CoordinatorBuilder;
import io.github.espalier.coordinator.RecordedRun;
import io.github.espalier.coordinator.RecordedUndo;
import io.github.espalier.coordinator.RecoveredRun;
import io.github.espalier.coordinator.RecoveryStep;
import io.github.espalier.coordinator.RunHistory;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.examples.view.DisplayText;
import io.github.espalier.examples.view.Summary;
import io.github.espalier.examples.view.Terminal;
import io.github.espalier.separator.Task;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a host that died has left. */
@Command(
        name = "recover",
        description =
                "Brings runs to their end whose hosts died: adopts or ends their agents, lands or rescues their work. Of a"
                        + " run that verified nothing lands without --verify.")
final class RecoverCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RepositoryOption repository;

    @Option(names = "--dry-run", description = "only tells what would be done")
    private boolean dryRun;

    @Mixin
    private RecoverOptions options;

    @Mixin
    private LogLevelOption logLevel;

    @Override
    public Integer call() {
        logLevel.apply();
        PrintWriter out = spec.commandLine().getOut();
        Optional<String> target = unfinished();
        if (target.isEmpty()) {
            out.println("Nothing to recover");
            return Failures.OK;
        }
        Coordinator coordinator = coordinator(target.get());
        if (dryRun) {
            coordinator.recoveryPlan().forEach(step -> print(out, step));
            return Failures.OK;
        }
        boolean all = true;
        for (RecoveredRun run : coordinator.recover()) {
            new Summary(Terminal.none().style(), out).print(run.report());
            all &= complete(out, run);
        }
        return all ? Failures.OK : Failures.NOT_ALL;
    }

    /** The target of something whose host died. */
    private Optional<String> unfinished() {
        RunHistory history = RunHistory.of(repository.open());
        return Stream.concat(
                        history.runs().stream()
                                .filter(run -> run.endedAt().isEmpty())
                                .map(RecordedRun::target),
                        history.undos().stream()
                                .filter(undo -> undo.endedAt().isEmpty())
                                .map(RecordedUndo::target))
                .findFirst();
    }

    private Coordinator coordinator(String target) {
        CoordinatorBuilder builder =
                Coordinator.builder().repository(repository.path()).target(target);
        options.applyTo(builder);
        return builder.build();
    }

    private boolean complete(PrintWriter out, RecoveredRun run) {
        List<Task> remaining = run.remaining();
        if (remaining.isEmpty()) {
            return run.report().success();
        }
        if (!options.goesOn()) {
            out.println("Had not started: "
                    + remaining.stream().map(Task::id).map(DisplayText::clean).collect(Collectors.joining(", "))
                    + "; go on with --agent, or run them anew");
            return false;
        }
        RunReport rest = coordinator(run.report().target()).run(remaining);
        new Summary(Terminal.none().style(), out).print(rest);
        long landed = run.report().tasks().stream()
                .filter(task -> task.outcome().success())
                .count();
        return rest.success()
                && landed + remaining.size() == run.report().tasks().size();
    }

    private static void print(PrintWriter out, RecoveryStep step) {
        out.println(DisplayText.clean(step.run() + "  " + step.task() + ": " + step.what()));
    }
}
