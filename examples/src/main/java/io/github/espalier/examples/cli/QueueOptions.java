package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.CoordinatorBuilder;
import io.github.espalier.coordinator.LandingOrder;
import picocli.CommandLine.Option;

/** How branches queue up to land; applied to a coordinator's builder. */
final class QueueOptions {
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

    void applyTo(CoordinatorBuilder builder) {
        builder.landingOrder(order.order)
                .landingBatch(Quantities.atLeastOne("--batch", batch))
                .maxVerifications(Quantities.atLeastOne("--verifications", verifications));
    }
}
