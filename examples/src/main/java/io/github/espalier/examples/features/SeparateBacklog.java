package io.github.espalier.examples.features;

import io.github.espalier.separator.Charts;
import io.github.espalier.separator.ConflictReason;
import io.github.espalier.separator.Plan;
import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Roadmap;
import io.github.espalier.separator.Schedule;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.SpecDirectory;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskSeparator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A whole backlog: reads a roadmap of forty specifications, and prints which of them conflict and why, and how three agents
 * would work through it. With a file's name the same as a page with charts.
 */
public final class SeparateBacklog {
    private static final int AGENTS = 3;

    private SeparateBacklog() {}

    /**
     * Runs it.
     *
     * @param args nothing, or the page to write
     * @throws Exception if the backlog cannot be read, or the page not written
     */
    public static void main(String... args) throws Exception {
        URI backlog = Objects.requireNonNull(SeparateBacklog.class.getResource("backlog/ROADMAP.md"))
                .toURI();
        if (backlog.getScheme().equals("jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(backlog, Map.of())) {
                show(jar.provider().getPath(backlog), args);
            }
        } else {
            show(Path.of(backlog), args);
        }
    }

    private static void show(Path roadmap, String... args) throws IOException {
        Path specs = roadmap.resolveSibling("specs");
        List<Task> tasks = Roadmap.read(roadmap, SpecDirectory.of(specs)).planned();
        ProjectTree tree = ProjectTree.of(Files.readAllLines(roadmap.resolveSibling("tree.txt")));
        Separation separation = TaskSeparator.of(tree).separate(tasks);
        Plan plan = Schedule.of(separation).plan(AGENTS);
        matrix(separation);
        reasons(separation);
        plan(plan);
        if (args.length > 0) {
            Path page = Path.of(args[0]);
            Files.writeString(page, Charts.page("Backlog of the town library", separation, plan));
            System.out.println("Charts are in " + page);
        }
    }

    private static void matrix(Separation separation) {
        System.out.println("Conflicts (x), one row and one column a task:");
        for (Task row : separation.tasks()) {
            System.out.println(row.id() + " "
                    + separation.tasks().stream()
                            .map(column -> row.equals(column)
                                    ? "\\"
                                    : separation.areIndependent(row.id(), column.id()) ? "." : "x")
                            .collect(Collectors.joining()));
        }
    }

    private static void reasons(Separation separation) {
        separation
                .conflicts()
                .forEach(conflict -> System.out.println(conflict.first() + " x " + conflict.second() + ": "
                        + conflict.reasons().stream()
                                .map(ConflictReason::describe)
                                .collect(Collectors.joining("; "))));
    }

    private static void plan(Plan plan) {
        System.out.println("Plan for " + AGENTS + " agents, in minutes:");
        plan.entries()
                .forEach(entry -> System.out.println(
                        entry.start().toMinutes() + "-" + entry.end().toMinutes() + " place " + (entry.slot() + 1) + " "
                                + entry.task() + " (" + entry.effort().describe() + ")"
                                + entry.waits().stream()
                                        .map(wait -> "; after " + wait.describe())
                                        .collect(Collectors.joining())));
        System.out.println("All over after " + plan.makespan().toMinutes() + " minutes; no plan is shorter than "
                + plan.bound().time().toMinutes());
        System.out.println("It takes so long because of "
                + plan.chain().stream().map(Plan.Entry::task).collect(Collectors.joining(", then ")));
    }
}
