package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.CoordinatorBuilder;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.examples.support.CancelOnExit;
import io.github.espalier.examples.view.RunView;
import io.github.espalier.examples.view.Summary;
import io.github.espalier.examples.view.Terminal;
import io.github.espalier.separator.TaskSeparator;
import io.github.espalier.worktree.GitRepository;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A coordinator's work on a target, shown while it is under way, summed up and reported. */
final class Hosting {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private RepositoryOption repository;

    @Mixin
    private TargetOption target;

    @Mixin
    private ReportOption report;

    @Mixin
    private LogLevelOption logLevel;

    /** What the coordinator is to do. */
    @FunctionalInterface
    interface Work {
        /**
         * Does it.
         *
         * @param view is told what to show
         * @param watch is told what to cancel
         */
        RunReport on(Coordinator coordinator, RunView view, CancelOnExit watch) throws InterruptedException;
    }

    /** A builder that knows the repository and the target. Comes first of all: loggers are made from here on. */
    CoordinatorBuilder begin() {
        logLevel.apply();
        report.requireWritable();
        repository.open();
        return Coordinator.builder().repository(repository.path()).target(target.name());
    }

    /** A separator for the target as it is now. */
    TaskSeparator separator(SeparationOptions options) {
        GitRepository opened = repository.open();
        return options.separator(opened, target.tip(opened));
    }

    /** Does the work; returns the command's exit code. */
    int host(CoordinatorBuilder builder, Work work) throws InterruptedException {
        PrintWriter out = command.commandLine().getOut();
        Terminal terminal = logLevel.terminal();
        try (CancelOnExit watch = CancelOnExit.watch();
                RunView view = RunView.on(terminal, out)) {
            RunReport result = work.on(builder.listener(view).build(), view, watch);
            view.finish();
            new Summary(terminal.style(), out).print(result);
            report.write(result);
            return result.success() ? Failures.OK : Failures.NOT_ALL;
        }
    }
}
