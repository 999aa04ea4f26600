package io.github.espalier.coordinator.internal.process;

import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.coordinator.InstanceIdentity;
import io.github.espalier.coordinator.InstanceLog;
import io.github.espalier.coordinator.InstanceUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** An agent in a sandbox. Its end is told when nothing it left can lead the host astray. */
final class SandboxedInstance implements Instance {
    private final Instance process;
    private final CompletionStage<InstanceEnd> end;

    SandboxedInstance(Instance process, SandboxTraces traces) {
        this.process = process;
        end = process.completion().thenApply(how -> {
            traces.clear();
            return how;
        });
    }

    @Override
    public InstanceIdentity identity() {
        return process.identity();
    }

    @Override
    public CompletionStage<InstanceEnd> completion() {
        return end;
    }

    @Override
    public void stop(Duration grace) {
        process.stop(grace);
    }

    @Override
    public InstanceLog log() {
        return process.log();
    }

    @Override
    public Optional<InstanceUsage> usage() {
        return process.usage();
    }
}
