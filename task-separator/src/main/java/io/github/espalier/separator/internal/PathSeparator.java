package io.github.espalier.separator.internal;

import io.github.espalier.separator.DependencyCycleException;
import io.github.espalier.separator.DuplicateTaskException;
import io.github.espalier.separator.Footprint;
import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskSeparator;
import io.github.espalier.separator.UnknownDependencyException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
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
        Map<String, Task> byId = checked(tasks);
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

    /** The tasks by id, in their order. */
    public static Map<String, Task> checked(Collection<Task> tasks) {
        Map<String, Task> byId = new LinkedHashMap<>();
        for (Task task : tasks) {
            if (byId.put(task.id(), task) != null) {
                throw new DuplicateTaskException(task.id());
            }
        }
        requireDependencies(byId);
        return byId;
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
            visit(id, tasks, done);
        }
    }

    /** Depth first, without recursion: a chain of dependencies may be as long as the batch. */
    private static void visit(String start, Map<String, Task> tasks, Set<String> done) {
        List<String> path = new ArrayList<>();
        Set<String> onPath = new HashSet<>();
        Deque<Iterator<String>> open = new ArrayDeque<>();
        open.push(List.of(start).iterator());
        while (!open.isEmpty()) {
            if (!open.element().hasNext()) {
                open.pop();
                if (!path.isEmpty()) {
                    String left = path.remove(path.size() - 1);
                    onPath.remove(left);
                    done.add(left);
                }
                continue;
            }
            String id = open.element().next();
            if (onPath.contains(id)) {
                throw new DependencyCycleException(path.subList(path.indexOf(id), path.size()));
            } else if (!done.contains(id)) {
                path.add(id);
                onPath.add(id);
                open.push(Objects.requireNonNull(tasks.get(id)).dependsOn().iterator());
            }
        }
    }
}
