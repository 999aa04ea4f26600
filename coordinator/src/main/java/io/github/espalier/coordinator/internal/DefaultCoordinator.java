package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.Run;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.separator.Task;
import java.util.Collection;
import java.util.List;

/** Starts runs as configured. */
public final class DefaultCoordinator implements Coordinator {
    private final Configuration configuration;

    public DefaultCoordinator(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public RunReport run(Collection<Task> tasks) {
        try (Run run = start(tasks)) {
            return run.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CoordinatorException("interrupted while waiting for the run; it was cancelled", e);
        }
    }

    @Override
    public Run start(Collection<Task> tasks) {
        return DefaultRun.start(configuration, List.copyOf(tasks));
    }
}
