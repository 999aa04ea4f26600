package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.InstanceEnd;
import io.github.espalier.coordinator.InstanceIdentity;
import io.github.espalier.coordinator.InstanceLog;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An instance whose end an earlier host saw, or that its launcher does not find again. */
record GoneInstance(InstanceIdentity identity, InstanceEnd end) implements Instance {
    @Override
    public CompletionStage<InstanceEnd> completion() {
        return CompletableFuture.completedStage(end);
    }

    @Override
    public void stop(Duration grace) {
        // nothing runs
    }

    @Override
    public InstanceLog log() {
        return new InstanceLog() {
            @Override
            public InputStream open() {
                return InputStream.nullInputStream();
            }

            @Override
            public Optional<String> lastLine() {
                return Optional.empty();
            }

            @Override
            public Optional<Path> file() {
                return Optional.empty();
            }
        };
    }
}
