package io.github.espalier.separator.internal;

import io.github.espalier.separator.Footprint.Touch;
import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a task itself says of its paths: those it declares, and those its text names. */
public final class CertainPaths {
    private final ProjectTree tree;
    private final FootprintReader reader;

    public CertainPaths(ProjectTree tree) {
        this.tree = tree;
        reader = new FootprintReader(tree);
    }

    public List<Touch> declared(Task task) {
        return task.declared().isEmpty() ? List.of() : reader.read(task).touches();
    }

    public List<Touch> named(Task task) {
        return without(SpecPaths.in(task.title(), tree), SpecPaths.in(task.spec(), tree));
    }

    /** Both; what is declared first. */
    public List<Touch> all(Task task) {
        return without(named(task), declared(task));
    }

    /** The second ones, and those of the first that do something else or with another path. */
    private static List<Touch> without(List<Touch> more, List<Touch> first) {
        List<Touch> all = new ArrayList<>(first);
        Set<String> paths = new HashSet<>();
        first.forEach(touch -> paths.add(touch.kind() + touch.path()));
        more.stream()
                .filter(touch -> !paths.contains(touch.kind() + touch.path()))
                .forEach(all::add);
        return all;
    }
}
