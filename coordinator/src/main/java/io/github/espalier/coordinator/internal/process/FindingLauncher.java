package io.github.espalier.coordinator.internal.process;

import io.github.espalier.coordinator.CommandLauncher;
import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.InstanceIdentity;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.LaunchException;
import io.github.espalier.coordinator.LaunchRequest;
import java.util.Optional;

/** Finds processes of earlier hosts and launches none. */
public record FindingLauncher() implements InstanceLauncher {
    @Override
    public Instance launch(LaunchRequest request) {
        throw new LaunchException(
                request.task().id(), "this launcher launches nothing; give the builder one that does");
    }

    @Override
    public Optional<Instance> find(InstanceIdentity identity) {
        return LocalInstance.found(identity, CommandLauncher.DEFAULT_LOG_LIMIT);
    }
}
