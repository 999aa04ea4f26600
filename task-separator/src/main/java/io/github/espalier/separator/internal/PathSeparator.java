package io.github.espalier.separator.internal;

import io.github.espalier.separator.DependencyCycleException;
import io.github.espalier.separator.DuplicateTaskException;
import io.github.espalier.separator.Footprint;
import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskSeparator;
import io.github.espalier.separator.UnknownDependencyException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Separates by shared paths. */
public final class PathSeparator implements TaskSeparator {
    private static final Logger log = LoggerFactory.getLogger(TaskSeparator.class);

    private final FootprintReader footprints;

    public PathSeparator(ProjectTree tree) {
        footprints = new FootprintReader(tree);
    }

    @Override
    public Separation separate(Collection<Task> tasks) {
        Map<String, Task> byId = new LinkedHashMap<>();
        for (Task task : tasks) {
            if (byId.put(task.id(), task) != null) {
                throw new DuplicateTaskException(task.id());
            }
        }
        requireDependencies(byId);
        Map<String, Footprint> read = new LinkedHashMap<>();
        for (Task task : byId.values()) {
            Footprint footprint = footprints.read(task);
            read.put(task.id(), footprint);
            log.atDebug()
                    .addKeyValue("task", task.id())
                    .addKeyValue("known", footprint.isKnown())
                    .addKeyValue("paths", footprint.touches().size())
                    .log("Read footprint");
        }
        return new PathSeparation(byId, read);
    }

    private static void requireDependencies(Map<String, Task> tasks) {
        for (Task task : tasks.values()) {
            for (String dependency : task.dependsOn()) {
                if (!tasks.containsKey(dependency)) {
                    throw new UnknownDependencyException(task.id(), dependency);
                }
            }
        }
        Set<String> done = new HashSet<>();
        for (String id : tasks.keySet()) {
            visit(id, tasks, new ArrayList<>(), new HashSet<>(), done);
        }
    }

    /** Depth first, without recursion: a chain of dependencies may be as long as the batch. */
    private static void visit(
            String start, Map<String, Task> tasks, List<String> path, Set<String> onPath, Set<String> done) {
        List<List<String>> open = new ArrayList<>(List.of(List.of(start)));
        List<Integer> next = new ArrayList<>(List.of(0));
        while (!open.isEmpty()) {
            int top = open.size() - 1;
            int index = next.get(top);
            if (index == open.get(top).size()) {
                open.remove(top);
                next.remove(top);
                if (!path.isEmpty()) {
                    String left = path.remove(path.size() - 1);
                    onPath.remove(left);
                    done.add(left);
                }
                continue;
            }
            next.set(top, index + 1);
            String id = open.get(top).get(index);
            if (onPath.contains(id)) {
                throw new DependencyCycleException(path.subList(path.indexOf(id), path.size()));
            } else if (!done.contains(id)) {
                path.add(id);
                onPath.add(id);
                Task task = Objects.requireNonNull(tasks.get(id));
                open.add(List.copyOf(task.dependsOn()));
                next.add(0);
            }
        }
    }
}
