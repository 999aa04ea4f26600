package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.ConflictReason;
import io.github.espalier.separator.Footprint.Shape;
import io.github.espalier.separator.Footprint.Touch;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskConflict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tasks of which one changes the file of a type that a file of the other mentions. Merges do not see such conflicts, and the
 * data at hand has labels of merges only, so this warns and does not hold back.
 */
final class ImportRisk {
    private static final double LIKELY = 0.5;
    private static final int MOST_USERS = 200;

    private final Project project;

    ImportRisk(Knowledge knowledge) {
        project = knowledge.project();
    }

    List<TaskConflict> among(Separation separation) {
        Map<Integer, Set<String>> tasksOf = new HashMap<>();
        for (Task task : separation.tasks()) {
            for (Touch touch : separation.footprint(task.id()).touches()) {
                int file = project.files().find(touch.path());
                if (touch.shape() == Shape.FILE && touch.probability() >= LIKELY && file != ProjectFiles.NONE) {
                    tasksOf.computeIfAbsent(file, any -> new LinkedHashSet<>()).add(task.id());
                }
            }
        }
        Map<List<String>, Set<ConflictReason>> reasons = new LinkedHashMap<>();
        tasksOf.forEach((file, changing) -> users(file).forEach(user -> {
            for (String one : changing) {
                for (String other : tasksOf.getOrDefault(user, Set.of())) {
                    if (separation.areIndependent(one, other)) {
                        reasons.computeIfAbsent(inOrder(separation, one, other), any -> new LinkedHashSet<>())
                                .add(new ConflictReason.UsesChanged(
                                        project.files().path(file),
                                        project.files().path(user)));
                    }
                }
            }
        }));
        List<TaskConflict> warnings = new ArrayList<>();
        reasons.forEach((pair, why) -> warnings.add(new TaskConflict(
                pair.get(0), pair.get(1), List.copyOf(why), separation.probability(pair.get(0), pair.get(1)))));
        return List.copyOf(warnings);
    }

    private static List<String> inOrder(Separation separation, String one, String other) {
        for (Task task : separation.tasks()) {
            if (task.id().equals(one)) {
                return List.of(one, other);
            } else if (task.id().equals(other)) {
                return List.of(other, one);
            }
        }
        return List.of(one, other);
    }

    /** Files that mention the type a file is named for, if it is named in camel case, so that the name is no common word. */
    private Set<Integer> users(int file) {
        String name = ProjectFiles.name(project.files().path(file));
        String type = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        String term = type.toLowerCase(Locale.ROOT);
        Set<Integer> users = new LinkedHashSet<>();
        if (type.matches("[A-Z][a-z0-9]+[A-Z]\\w*") && project.contents().frequency(term) <= MOST_USERS) {
            project.contents().visit(term, (document, weight) -> users.add(project.fileOfContent(document)));
            users.remove(file);
        }
        return users;
    }
}
