package io.github.espalier.separator.internal;

import io.github.espalier.separator.Blocker;
import io.github.espalier.separator.EffortEstimate;
import io.github.espalier.separator.Plan;
import io.github.espalier.separator.Progress;
import io.github.espalier.separator.Schedule;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.SeparationException;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.Underway;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** List scheduling; all that does not depend on progress is computed once. */
public final class ListSchedule implements Schedule {
    private final Separation separation;
    private final Batch batch;
    private final Urgency urgency;

    public ListSchedule(Separation separation, EffortEstimate efforts) {
        this.separation = separation;
        batch = new Batch(separation, efforts);
        urgency = Urgency.of(batch);
    }

    @Override
    public List<Task> next(Progress progress, int places) {
        return new Frontier(batch, urgency, progress)
                .start(places).stream().map(batch.tasks::get).toList();
    }

    @Override
    public Plan plan(Progress progress, Map<String, Underway> underway, int places) {
        if (places < 1) {
            throw new SeparationException("no plan with " + places + " places; at least one is needed");
        }
        return new Forecast(separation, batch, new Frontier(batch, urgency, progress), places)
                .of(progress.active(), underway);
    }

    @Override
    public List<Blocker> blockers(String id, Progress progress) {
        List<Blocker> blockers = new ArrayList<>();
        Set<String> dependencies = separation.task(id).dependsOn();
        for (String dependency : dependencies) {
            if (progress.failed().contains(dependency)) {
                blockers.add(new Blocker.DependencyFailed(dependency));
            } else if (!progress.landed().contains(dependency)) {
                blockers.add(new Blocker.DependencyPending(dependency));
            }
        }
        for (String active : progress.active()) {
            if (!active.equals(id)) {
                separation
                        .conflict(id, active)
                        .ifPresent(conflict -> blockers.add(new Blocker.ConflictsWith(active, conflict)));
            }
        }
        return List.copyOf(blockers);
    }
}
