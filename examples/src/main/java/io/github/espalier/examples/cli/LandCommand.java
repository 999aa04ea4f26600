package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.ConfigurationException;
import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.CoordinatorBuilder;
import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.RepositoryBusyException;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.examples.support.CancelOnExit;
import io.github.espalier.examples.view.EventStatuses;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Branches that exist already, without agents. */
@Command(
        name = "land",
        description = "Lands branches that exist already, as run lands the work of agents: merged on objects, verified,"
                + " published. Starts no agent; the branches stay.")
final class LandCommand implements Callable<Integer> {
    @Mixin
    private Hosting hosting;

    @Mixin
    private LandingOptions landing;

    @Mixin
    private QueueOptions queue;

    @Parameters(paramLabel = "BRANCH", arity = "1..*", description = "the branches, without refs/heads/")
    private List<String> branches = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        EventStatuses statuses = new EventStatuses();
        CoordinatorBuilder builder =
                hosting.begin().launcher(InstanceLauncher.none()).listener(statuses);
        queue.applyTo(builder);
        landing.applyTo(builder);
        return hosting.host(builder, (coordinator, view, watch) -> {
            view.show(statuses::list);
            return land(coordinator, watch);
        });
    }

    private RunReport land(Coordinator coordinator, CancelOnExit watch) {
        watch.cancels(Thread.currentThread()::interrupt);
        try {
            return coordinator.land(branches);
        } catch (ConfigurationException | RepositoryBusyException e) {
            throw e;
        } catch (CoordinatorException e) {
            throw new BrokenRunException(e);
        } finally {
            watch.cancels(() -> {});
            Thread.interrupted(); // what came too late to cancel keeps no report from being written
        }
    }
}
