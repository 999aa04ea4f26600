package io.github.espalier.separator.internal;

import io.github.espalier.separator.Blocker;
import io.github.espalier.separator.Progress;
import io.github.espalier.separator.Schedule;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.Task;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** List scheduling; all that does not depend on progress is computed once. */
public final class ListSchedule implements Schedule {
    /** For a task that says nothing of its effort: any figure serves as long as it is the same for all of them. */
    private static final Duration DEFAULT_EFFORT = Duration.ofMinutes(30);

    private final Separation separation;
    private final List<Task> ranked;

    public ListSchedule(Separation separation) {
        this.separation = separation;
        Map<String, Long> tails = tails(separation.tasks());
        Map<String, Long> loads = loads(separation);
        Comparator<Task> urgency = Comparator.comparingInt(Task::priority)
                .thenComparing(Comparator.<Task>comparingLong(
                                task -> Math.max(value(tails, task.id()), value(loads, task.id())))
                        .reversed());
        ranked = separation.tasks().stream().sorted(urgency).toList(); // a stable sort keeps the given order
    }

    private static long value(Map<String, Long> map, String key) {
        return Objects.requireNonNullElse(map.get(key), 0L);
    }

    private static long effort(Task task) {
        return task.effort().orElse(DEFAULT_EFFORT).toMillis();
    }

    /** The longest chain of dependents that begins with a task, itself included. */
    private static Map<String, Long> tails(List<Task> tasks) {
        Map<String, Task> byId = new HashMap<>();
        Map<String, Integer> dependents = new HashMap<>();
        for (Task task : tasks) {
            byId.put(task.id(), task);
            task.dependsOn().forEach(dependency -> dependents.merge(dependency, 1, Integer::sum));
        }
        Deque<Task> open = new ArrayDeque<>();
        tasks.stream().filter(task -> !dependents.containsKey(task.id())).forEach(open::add);
        Map<String, Long> tails = new HashMap<>();
        while (!open.isEmpty()) {
            Task task = open.remove();
            long tail = tails.merge(task.id(), effort(task), Long::sum);
            for (String dependency : task.dependsOn()) {
                // Until its own turn comes, an entry holds the longest tail among its dependents.
                tails.merge(dependency, tail, Math::max);
                if (Objects.requireNonNull(dependents.merge(dependency, -1, Integer::sum)) == 0) {
                    open.add(Objects.requireNonNull(byId.get(dependency)));
                }
            }
        }
        return tails;
    }

    /** The total effort of all tasks that touch the path which most effort waits for, among those a task touches. */
    private static Map<String, Long> loads(Separation separation) {
        Map<String, Long> byPath = new HashMap<>();
        for (Task task : separation.tasks()) {
            for (String path : separation.footprint(task.id()).paths()) {
                byPath.merge(path, effort(task), Long::sum);
            }
        }
        Map<String, Long> loads = new HashMap<>();
        for (Task task : separation.tasks()) {
            long load = separation.footprint(task.id()).paths().stream()
                    .mapToLong(path -> value(byPath, path))
                    .max()
                    .orElse(0);
            loads.put(task.id(), load);
        }
        return loads;
    }

    @Override
    public List<Task> next(Progress progress, int places) {
        List<Task> next = new ArrayList<>();
        for (Task task : ranked) {
            if (next.size() >= places) {
                break;
            }
            if (isWaiting(task.id(), progress)
                    && progress.landed().containsAll(task.dependsOn())
                    && progress.active().stream().allMatch(active -> separation.areIndependent(task.id(), active))
                    && next.stream().allMatch(other -> separation.areIndependent(task.id(), other.id()))) {
                next.add(task);
            }
        }
        return List.copyOf(next);
    }

    private static boolean isWaiting(String id, Progress progress) {
        return List.of(progress.active(), progress.landed(), progress.failed()).stream()
                .noneMatch(set -> set.contains(id));
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
