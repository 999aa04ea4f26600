package io.github.espalier.separator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** List scheduling as its rule is told, down the list and pair by pair: what any quicker way is compared with. */
final class PlainListSchedule {
    private final Separation separation;
    private final List<Task> ranked;

    PlainListSchedule(Separation separation) {
        this.separation = separation;
        Comparator<Task> urgency = Comparator.comparingInt(Task::priority)
                .thenComparing(Comparator.comparingLong((Task task) -> Math.max(tail(task), load(task)))
                        .reversed());
        ranked = separation.tasks().stream().sorted(urgency).toList();
    }

    private static long effort(Task task) {
        return task.effort().orElse(Effort.DEFAULT).toMillis();
    }

    private long tail(Task task) {
        return effort(task)
                + separation.tasks().stream()
                        .filter(other -> other.dependsOn().contains(task.id()))
                        .mapToLong(this::tail)
                        .max()
                        .orElse(0);
    }

    private long load(Task task) {
        return separation.footprint(task.id()).paths().stream()
                .mapToLong(path -> separation.tasks().stream()
                        .filter(other ->
                                separation.footprint(other.id()).paths().contains(path))
                        .mapToLong(PlainListSchedule::effort)
                        .sum())
                .max()
                .orElse(0);
    }

    List<String> next(Progress progress, int places) {
        List<String> next = new ArrayList<>();
        Set<String> beside = new HashSet<>(progress.active());
        for (Task task : ranked) {
            boolean waits = !progress.active().contains(task.id())
                    && !progress.landed().contains(task.id())
                    && !progress.failed().contains(task.id());
            if (next.size() < places
                    && waits
                    && progress.landed().containsAll(task.dependsOn())
                    && beside.stream().allMatch(other -> separation.areIndependent(task.id(), other))) {
                next.add(task.id());
                beside.add(task.id());
            }
        }
        return next;
    }
}
