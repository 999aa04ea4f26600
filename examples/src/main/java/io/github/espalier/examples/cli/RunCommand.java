package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.CoordinatorBuilder;
import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.Run;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.separator.Task;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The main job. */
@Command(name = "run", description = "Runs an agent for each task, each in its own worktree, and lands their work.")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private Hosting hosting;

    @ArgGroup(multiplicity = "1")
    private TaskSource source;

    @Mixin
    private SeparationOptions separating;

    @Mixin
    private RunOptions options;

    @Override
    public Integer call() throws InterruptedException {
        CoordinatorBuilder builder = hosting.begin();
        List<Task> tasks = source.read();
        if (separating.isGiven()) {
            builder.separator(hosting.separator(separating));
        }
        options.applyTo(builder);
        return hosting.host(builder, (coordinator, view, watch) -> {
            try (Run run = coordinator.start(tasks)) {
                watch.cancels(run::cancel);
                view.show(run::status);
                return await(run);
            }
        });
    }

    private static RunReport await(Run run) throws InterruptedException {
        try {
            return run.await();
        } catch (CoordinatorException e) {
            throw new BrokenRunException(e);
        }
    }
}
