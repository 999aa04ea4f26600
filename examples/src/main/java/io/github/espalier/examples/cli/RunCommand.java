package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.CoordinatorBuilder;
import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.Run;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.examples.support.CancelOnExit;
import io.github.espalier.examples.view.RunView;
import io.github.espalier.examples.view.Summary;
import io.github.espalier.examples.view.Terminal;
import io.github.espalier.separator.Task;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The main job. */
@Command(name = "run", description = "Runs an agent for each task, each in its own worktree, and lands their work.")
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RepositoryOption repository;

    @Mixin
    private TargetOption target;

    @ArgGroup(multiplicity = "1")
    private TaskSource source;

    @Mixin
    private RunOptions options;

    @Mixin
    private ReportOption report;

    @Mixin
    private LogLevelOption logLevel;

    @Override
    public Integer call() throws InterruptedException {
        boolean logged = logLevel.apply();
        report.requireWritable();
        repository.open();
        List<Task> tasks = source.read();
        PrintWriter out = spec.commandLine().getOut();
        // A log and a table that is drawn in place would overwrite each other.
        Terminal terminal = logged ? Terminal.none() : Terminal.detect();
        CoordinatorBuilder builder =
                Coordinator.builder().repository(repository.path()).target(target.name());
        options.applyTo(builder);
        try (CancelOnExit watch = CancelOnExit.watch();
                RunView view = RunView.on(terminal, out)) {
            Coordinator coordinator = builder.listener(view).build();
            try (Run run = coordinator.start(tasks)) {
                watch.cancels(run::cancel);
                view.show(run);
                RunReport result = await(run);
                view.finish();
                new Summary(terminal.style(), out).print(result);
                report.write(result);
                return result.success() ? Failures.OK : Failures.NOT_ALL;
            }
        }
    }

    private static RunReport await(Run run) throws InterruptedException {
        try {
            return run.await();
        } catch (CoordinatorException e) {
            throw new BrokenRunException(e);
        }
    }
}
