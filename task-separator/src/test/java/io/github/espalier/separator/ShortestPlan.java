package io.github.espalier.separator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The shortest makespan there is: tasks are put one after the other, each as early as it goes, in all orders that turn out to be
 * those of the starts. Some shortest plan comes of that: put anew in the order of its starts, a plan gets no longer, and none of
 * its tasks later. For a few tasks only.
 */
final class ShortestPlan {
    private final Separation separation;
    private final List<Task> tasks;
    private final int places;
    private final Duration bound;
    private Duration best;

    private record Placed(Task task, Duration start, Duration end) {
        boolean isActiveIn(Duration from, Duration to) {
            return start.compareTo(to) < 0 && from.compareTo(end) < 0;
        }
    }

    private ShortestPlan(Separation separation, Plan known) {
        this.separation = separation;
        tasks = separation.tasks();
        places = known.places();
        bound = known.bound().time();
        best = known.makespan();
    }

    /** Begins with a plan that is known: only what is shorter is looked at. */
    static Duration of(Separation separation, Plan known) {
        ShortestPlan shortest = new ShortestPlan(separation, known);
        shortest.search(new ArrayList<>(), Duration.ZERO);
        return shortest.best;
    }

    private void search(List<Placed> placed, Duration makespan) {
        if (makespan.compareTo(best) >= 0 || best.equals(bound)) {
            return;
        } else if (placed.size() == tasks.size()) {
            best = makespan;
            return;
        }
        for (Task task : tasks) {
            boolean isPlaced = placed.stream().anyMatch(other -> other.task().equals(task));
            List<Placed> before = placed.stream()
                    .filter(other -> task.dependsOn().contains(other.task().id()))
                    .toList();
            if (!isPlaced && before.size() == task.dependsOn().size()) {
                Duration ready = before.stream().map(Placed::end).reduce(Duration.ZERO, ShortestPlan::later);
                Placed next = earliest(task, ready, placed);
                if (placed.isEmpty() || isInOrder(placed.get(placed.size() - 1), next)) {
                    placed.add(next);
                    search(placed, later(makespan, next.end()));
                    placed.remove(placed.size() - 1);
                }
            }
        }
    }

    private boolean isInOrder(Placed before, Placed next) {
        int order = before.start().compareTo(next.start());
        return order < 0 || (order == 0 && tasks.indexOf(before.task()) < tasks.indexOf(next.task()));
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Placed earliest(Task task, Duration ready, List<Placed> placed) {
        List<Duration> times = new ArrayList<>(List.of(ready));
        placed.stream()
                .map(Placed::end)
                .filter(end -> end.compareTo(ready) > 0)
                .sorted()
                .forEach(times::add);
        Duration effort = task.effort().orElse(Effort.DEFAULT);
        return times.stream()
                .map(start -> new Placed(task, start, start.plus(effort)))
                .filter(candidate -> fits(candidate, placed))
                .findFirst()
                .orElseThrow();
    }

    private boolean fits(Placed candidate, List<Placed> placed) {
        List<Placed> beside = placed.stream()
                .filter(other -> other.isActiveIn(candidate.start(), candidate.end()))
                .toList();
        return beside.stream()
                        .allMatch(other -> separation.areIndependent(
                                candidate.task().id(), other.task().id()))
                && mostAtOnce(beside, candidate) < places;
    }

    private static long mostAtOnce(List<Placed> beside, Placed candidate) {
        return beside.stream()
                .map(one -> later(one.start(), candidate.start()))
                .mapToLong(at -> beside.stream()
                        .filter(other -> other.start().compareTo(at) <= 0 && at.compareTo(other.end()) < 0)
                        .count())
                .max()
                .orElse(0);
    }
}
