package io.github.espalier.examples.cli;

import io.github.espalier.examples.view.DisplayText;
import io.github.espalier.separator.ConflictReason;
import io.github.espalier.separator.Evidence;
import io.github.espalier.separator.Footprint;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskConflict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A separation for people. */
final class SeparationText {
    private static final int MATRIX_TASKS = 12;
    private static final int TOUCHES_SHOWN = 20;
    private static final int REASONS_SHOWN = 3;

    private final Separation separation;
    private final boolean predicted;
    private final PrintWriter out;

    /** @param predicted whether probabilities say something */
    SeparationText(Separation separation, boolean predicted, PrintWriter out) {
        this.separation = separation;
        this.predicted = predicted;
        this.out = out;
    }

    void print() {
        separation.tasks().forEach(this::footprint);
        long all = (long) separation.tasks().size() * (separation.tasks().size() - 1) / 2;
        out.println(separation.independentPairs().size() + " of " + all + " pairs can go side by side");
        if (separation.tasks().size() > 1 && separation.tasks().size() <= MATRIX_TASKS) {
            matrix(separation.tasks());
        }
        print("Conflicts", separation.conflicts());
        print("Warnings", separation.warnings());
    }

    private void print(String what, List<TaskConflict> conflicts) {
        if (!conflicts.isEmpty()) {
            out.println(what + ": " + conflicts.size());
            conflicts.forEach(this::conflict);
        }
    }

    /** Nothing for what is certain. */
    private static String likely(double probability) {
        return probability < 1 ? String.format(Locale.ROOT, "%.2f: ", probability) : "";
    }

    private void footprint(Task task) {
        String title = task.title().isBlank() ? "" : "  " + task.title();
        String after = task.dependsOn().isEmpty() ? "" : "  (after " + String.join(", ", task.dependsOn()) + ")";
        out.println(DisplayText.clean(task.id() + title + after));
        List<Footprint.Touch> touches = separation.footprint(task.id()).touches();
        if (touches.isEmpty()) {
            out.println("  unknown: nothing is declared and the specification names no path; so it goes alone");
        }
        touches.stream()
                .limit(TOUCHES_SHOWN)
                .forEach(touch -> out.println("  "
                        + DisplayText.clean(touch.path() + "  " + likely(touch.probability())
                                + touch.evidence().stream()
                                        .map(Evidence::describe)
                                        .collect(Collectors.joining("; ")))));
        if (touches.size() > TOUCHES_SHOWN) {
            out.println("  and " + (touches.size() - TOUCHES_SHOWN) + " more");
        }
    }

    /** A cross where two tasks conflict, a dot where they can go side by side. */
    private void matrix(List<Task> tasks) {
        int names = tasks.stream()
                .mapToInt(task -> DisplayText.width(DisplayText.clean(task.id())))
                .max()
                .orElse(0);
        int width = Math.min(30, names);
        String head = IntStream.rangeClosed(1, tasks.size())
                .mapToObj(number -> DisplayText.fit(String.valueOf(number), 3))
                .collect(Collectors.joining());
        out.println(("     " + " ".repeat(width) + " " + head).stripTrailing());
        for (int row = 0; row < tasks.size(); row++) {
            StringBuilder line = new StringBuilder("  ")
                    .append(DisplayText.fit(String.valueOf(row + 1), 3))
                    .append(DisplayText.fit(tasks.get(row).id(), width))
                    .append(' ');
            for (int column = 0; column < row; column++) {
                boolean free = separation.areIndependent(
                        tasks.get(row).id(), tasks.get(column).id());
                line.append(free ? ".  " : "x  ");
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private void conflict(TaskConflict conflict) {
        String reasons = conflict.reasons().stream()
                .limit(REASONS_SHOWN)
                .map(ConflictReason::describe)
                .collect(Collectors.joining("; "));
        int more = conflict.reasons().size() - REASONS_SHOWN;
        out.println("  "
                + DisplayText.clean(conflict.first() + " and " + conflict.second()
                        + (predicted ? ", " + likely(conflict.probability()) : ": ") + reasons
                        + (more > 0 ? "; and " + more + " more" : "")));
    }
}
