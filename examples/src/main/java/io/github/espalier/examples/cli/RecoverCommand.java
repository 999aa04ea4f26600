package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.CoordinatorBuilder;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.RecordedRun;
import io.github.espalier.coordinator.RecordedUndo;
import io.github.espalier.coordinator.RecoveredRun;
import io.github.espalier.coordinator.RecoveryStep;
import io.github.espalier.coordinator.RunHistory;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.coordinator.Survivors;
import io.github.espalier.coordinator.Verification;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a host that died has left. */
@Command(
        name = "recover",
        description =
                "Brings runs to their end whose hosts died: adopts or ends their agents, lands or rescues their work.")
final class RecoverCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RepositoryOption repository;

    @Option(names = "--dry-run", description = "only tells what would be done")
    private boolean dryRun;

    @Option(
            names = "--survivors",
            paramLabel = "adopt|stop",
            defaultValue = "adopt",
            description = "agents that outlived their host are waited for, or ended; adopt by default")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Survivors survivors;

    @Option(
            names = "--verify",
            paramLabel = "'ARGV…'",
            description = "what merged trees must pass; without it nothing lands of a run that verified")
    private @Nullable String verify;

    @Option(
            names = "--agent",
            paramLabel = "'ARGV…'",
            description = "goes on, with this agent, with the tasks that had not started")
    private @Nullable String agent;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
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
        if (dryRun) {
            coordinator(target.get()).recoveryPlan().forEach(step -> print(out, step));
            return Failures.OK;
        }
        boolean all = true;
        for (RecoveredRun run : coordinator(target.get()).recover()) {
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
        CoordinatorBuilder builder = Coordinator.builder()
                .repository(repository.path())
                .target(target)
                .launcher(launcher())
                .survivors(survivors);
        if (verify != null) {
            builder.verify(
                    Verification.command(RunOptions.command("--verify", verify).toArray(String[]::new)));
        }
        return builder.build();
    }

    private InstanceLauncher launcher() {
        return agent == null
                ? InstanceLauncher.none()
                : InstanceLauncher.command(RunOptions.fromHere(RunOptions.command("--agent", agent)));
    }

    private boolean complete(PrintWriter out, RecoveredRun run) {
        List<Task> remaining = run.remaining();
        if (remaining.isEmpty()) {
            return run.report().success();
        }
        if (agent == null) {
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
