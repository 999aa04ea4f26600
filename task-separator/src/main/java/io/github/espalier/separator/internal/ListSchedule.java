package io.github.espalier.separator.internal;

import io.github.espalier.separator.Blocker;
import io.github.espalier.separator.EffortEstimate;
import io.github.espalier.separator.Landing;
import io.github.espalier.separator.Plan;
import io.github.espalier.separator.Progress;
import io.github.espalier.separator.Schedule;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.SeparationException;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.Underway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** List scheduling; all that does not depend on progress is computed once. */
public final class ListSchedule implements Schedule {
    /** A plan of so many takes a few milliseconds, and two are made. */
    private static final int MOST_TO_LOOK_AHEAD = 200;

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
    public List<Task> next(Progress progress, Map<String, Underway> underway, Landing landing, int places) {
        List<Task> now = next(progress, places);
        int waiting = batch.size()
                - progress.active().size()
                - progress.landed().size()
                - progress.failed().size();
        if (now.isEmpty() || landing.tasks().isEmpty() || waiting > MOST_TO_LOOK_AHEAD) {
            return now;
        }
        Progress then = landed(progress, landing.tasks());
        List<Task> starting = next(then, places);
        if (starting.containsAll(now)) {
            return now;
        }
        int all = places
                + (int) then.active().stream()
                        .filter(id -> takesPlace(underway, id))
                        .count();
        Duration ifAtOnce = plan(started(progress, now), underway, all).makespan();
        Duration ifLater = plan(then, underway, all).makespan().plus(landing.time());
        return ifLater.compareTo(ifAtOnce) < 0
                ? now.stream().filter(starting::contains).toList()
                : now;
    }

    private static boolean takesPlace(Map<String, Underway> underway, String id) {
        return !underway.containsKey(id) || underway.get(id).takesPlace();
    }

    private static Progress landed(Progress progress, Set<String> tasks) {
        Set<String> active = new HashSet<>(progress.active());
        active.removeAll(tasks);
        Set<String> landed = new HashSet<>(progress.landed());
        landed.addAll(tasks);
        return new Progress(active, landed, progress.failed());
    }

    private static Progress started(Progress progress, List<Task> tasks) {
        Set<String> active = new HashSet<>(progress.active());
        tasks.forEach(task -> active.add(task.id()));
        return new Progress(active, progress.landed(), progress.failed());
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
            if (!active.equals(id) && mayConflict(id, active)) {
                separation
                        .conflict(id, active)
                        .ifPresent(conflict -> blockers.add(new Blocker.ConflictsWith(active, conflict)));
            }
        }
        return List.copyOf(blockers);
    }

    /** Told by numbers, before reasons are looked for. */
    private boolean mayConflict(String one, String other) {
        return !batch.has(one)
                || !batch.has(other)
                || !batch.conflicts.areIndependent(batch.number(one), batch.number(other));
    }
}
