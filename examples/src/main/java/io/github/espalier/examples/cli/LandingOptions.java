package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.CoordinatorBuilder;
import io.github.espalier.worktree.LandingStrategy;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How work lands; applied to a coordinator's builder. */
final class LandingOptions {
    @Mixin
    private VerifyOption verify;

    @Option(
            names = "--strategy",
            paramLabel = "merge|squash|rebase|ff",
            defaultValue = "merge",
            description = "how work lands; merge by default")
    private Strategy strategy;

    /** Strategies, in the command line's words. */
    enum Strategy {
        MERGE(LandingStrategy.MERGE),
        SQUASH(LandingStrategy.SQUASH),
        REBASE(LandingStrategy.REBASE),
        FF(LandingStrategy.FAST_FORWARD);

        private final LandingStrategy strategy;

        Strategy(LandingStrategy strategy) {
            this.strategy = strategy;
        }
    }

    void applyTo(CoordinatorBuilder builder) {
        verify.applyTo(builder);
        builder.strategy(strategy.strategy);
    }
}
