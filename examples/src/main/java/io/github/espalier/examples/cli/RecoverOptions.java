package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.CoordinatorBuilder;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.Survivors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How runs are brought to their end; applied to a coordinator's builder. */
final class RecoverOptions {
    @Option(
            names = "--survivors",
            paramLabel = "adopt|stop",
            defaultValue = "adopt",
            description = "agents that outlived their host are waited for, or ended; adopt by default")
    private Survivors survivors;

    @Mixin
    private VerifyOption verify;

    @Option(
            names = "--agent",
            paramLabel = "'ARGV…'",
            description = "goes on, with this agent, with the tasks that had not started")
    private @Nullable String agent;

    boolean goesOn() {
        return agent != null;
    }

    void applyTo(CoordinatorBuilder builder) {
        builder.launcher(agent == null ? InstanceLauncher.none() : OptionText.agent("--agent", agent))
                .survivors(survivors);
        verify.applyTo(builder);
    }
}
