package io.github.espalier.separator.internal.chart;

import io.github.espalier.separator.ConflictReason;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskConflict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every pair of a batch as a cell: filled where the two cannot go side by side. */
public final class ConflictMatrix {
    private static final int MOST_TASKS = 200;
    private static final int MOST_REASONS = 5;
    private static final int LONGEST_NAME = 24;
    private static final double CHARACTER = 7;
    private static final double CELL = 18;
    private static final double MARGIN = 12;
    private static final double FOOT = 34;

    private final Separation separation;
    private final List<Task> tasks;
    private final double left;
    private final double top;

    private ConflictMatrix(Separation separation) {
        this.separation = separation;
        tasks = separation.tasks().stream().limit(MOST_TASKS).toList();
        double name = CHARACTER
                * tasks.stream().mapToInt(task -> name(task).length()).max().orElse(0);
        left = MARGIN + name + MARGIN;
        top = MARGIN + name * Math.sin(Math.toRadians(60)) + MARGIN;
    }

    /** The matrix as an SVG document. */
    public static String of(Separation separation) {
        return new ConflictMatrix(separation).draw();
    }

    private static String name(Task task) {
        return Markup.shortened(task.id(), LONGEST_NAME);
    }

    private String draw() {
        double side = tasks.size() * CELL;
        Svg svg = new Svg(left + side + top + MARGIN, top + side + FOOT, "Which tasks conflict");
        Map<String, Integer> numbers = new HashMap<>();
        tasks.forEach(task -> numbers.put(task.id(), numbers.size()));
        for (int i = 0; i < tasks.size(); i++) {
            String name = name(tasks.get(i));
            svg.text("name", left - 6, top + i * CELL + 13, "end", name);
            svg.slanted(left + i * CELL + 13, top - 6, name);
            for (int j = 0; j < tasks.size(); j++) {
                cell(svg, i == j ? "self" : "cell", i, j, i == j ? describe(tasks.get(i)) : "");
            }
        }
        for (Task task : tasks) {
            for (TaskConflict conflict : separation.conflictsOf(task.id())) {
                boolean first = conflict.first().equals(task.id());
                Integer other = numbers.get(first ? conflict.second() : conflict.first());
                if (other != null) {
                    cell(svg, style(conflict), numbers.getOrDefault(task.id(), 0), other, describe(conflict));
                }
            }
        }
        legend(svg, top + side + 22);
        return svg.end();
    }

    private void cell(Svg svg, String style, int row, int column, String tip) {
        svg.box(style, left + column * CELL + 1, top + row * CELL + 1, CELL - 2, CELL - 2, tip);
    }

    private static String style(TaskConflict conflict) {
        boolean unknown = conflict.reasons().stream().allMatch(ConflictReason.UnknownFootprint.class::isInstance);
        return unknown ? "unknown" : "hit";
    }

    private static String describe(Task task) {
        return task.title().isBlank() ? task.id() : task.id() + ": " + task.title();
    }

    private static String describe(TaskConflict conflict) {
        int more = conflict.reasons().size() - MOST_REASONS;
        return conflict.first() + " and " + conflict.second() + "\n"
                + conflict.reasons().stream()
                        .limit(MOST_REASONS)
                        .map(ConflictReason::describe)
                        .collect(Collectors.joining("\n"))
                + (more > 0 ? "\nand " + more + " more" : "");
    }

    private void legend(Svg svg, double y) {
        svg.box("hit", MARGIN, y - 10, 12, 12, "").text("small", MARGIN + 18, y, "start", "conflict");
        svg.box("unknown", MARGIN + 74, y - 10, 12, 12, "")
                .text("small", MARGIN + 92, y, "start", "not known what it touches");
        int more = separation.tasks().size() - tasks.size();
        if (more > 0) {
            svg.text("small", MARGIN + 240, y, "start", "and " + more + " more tasks that are not drawn");
        }
    }
}
