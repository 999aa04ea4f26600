package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.ConfigurationException;
import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.CoordinatorBuilder;
import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.LandingOrder;
import io.github.espalier.coordinator.RepositoryBusyException;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.examples.support.CancelOnExit;
import io.github.espalier.examples.view.RunView;
import io.github.espalier.examples.view.Summary;
import io.github.espalier.examples.view.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Branches that exist already, without agents. */
@Command(
        name = "land",
        description = "Lands branches that exist already, as run lands the work of agents: merged on objects, verified,"
                + " published. Starts no agent; the branches stay.")
final class LandCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RepositoryOption repository;

    @Mixin
    private TargetOption target;

    @Mixin
    private LandingOptions landing;

    @Option(
            names = "--order",
            paramLabel = "finished|priority|risk",
            defaultValue = "finished",
            description =
                    "which lands first: as they are named; by priority, which is the same, for branches have none;"
                            + " or those whose paths the fewest others change; finished by default")
    private Order order;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "branches that are verified and published together at most; 1 by default")
    private int batch;

    @Option(
            names = "--verifications",
            paramLabel = "N",
            defaultValue = "" + CoordinatorBuilder.DEFAULT_VERIFICATIONS,
            description = "trees that are verified at once; ${DEFAULT-VALUE} by default")
    private int verifications;

    @Mixin
    private ReportOption report;

    @Mixin
    private LogLevelOption logLevel;

    @Parameters(paramLabel = "BRANCH", arity = "1..*", description = "the branches, without refs/heads/")
    private List<String> branches = new ArrayList<>();

    /** Orders, in the command line's words. */
    enum Order {
        FINISHED(LandingOrder.FINISHED),
        PRIORITY(LandingOrder.PRIORITY),
        RISK(LandingOrder.LEAST_RISK);

        private final LandingOrder order;

        Order(LandingOrder order) {
            this.order = order;
        }
    }

    @Override
    public Integer call() {
        logLevel.apply();
        report.requireWritable();
        CoordinatorBuilder builder = Coordinator.builder()
                .repository(repository.path())
                .target(target.name())
                .launcher(InstanceLauncher.none())
                .landingOrder(order.order)
                .landingBatch(Quantities.atLeastOne("--batch", batch))
                .maxVerifications(Quantities.atLeastOne("--verifications", verifications));
        landing.applyTo(builder);
        PrintWriter out = spec.commandLine().getOut();
        try (CancelOnExit watch = CancelOnExit.watch();
                RunView view = RunView.on(Terminal.none(), out)) {
            RunReport result = land(builder.listener(view).build(), watch);
            new Summary(Terminal.detect().style(), out).print(result);
            report.write(result);
            return result.success() ? Failures.OK : Failures.NOT_ALL;
        }
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
            watch.cancels(() -> {}); // the report is written all the same
        }
    }
}
