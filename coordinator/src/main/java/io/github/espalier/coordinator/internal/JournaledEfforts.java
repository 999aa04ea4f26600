package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.separator.EffortEstimate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the journals of the newest runs tell of how long agents take. */
final class JournaledEfforts {
    private static final Logger log = LoggerFactory.getLogger(JournaledEfforts.class);

    /** More would keep a run from starting at once, and older ones say less of the agents of today. */
    private static final int RUNS = 20;

    private JournaledEfforts() {}

    static EffortEstimate of(JournaledRuns runs) {
        try {
            List<EffortEstimate.Past> past = runs.newest(RUNS).stream()
                    .filter(run -> run.hosts().size() == 1) // what another host saw end may have ended before
                    .flatMap(run -> run.tasks().stream())
                    .flatMap(task -> task.took().stream().map(took -> new EffortEstimate.Past(task.task(), took)))
                    .toList();
            return EffortEstimate.learned(past);
        } catch (CoordinatorException e) {
            log.atWarn().setCause(e).log("Could not read earlier runs; efforts are not learned from them");
            return EffortEstimate.declared();
        }
    }
}
