package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.Landing;
import io.github.espalier.coordinator.RecordedRun;
import io.github.espalier.coordinator.RecordedUndo;
import io.github.espalier.coordinator.RunHistory;
import io.github.espalier.examples.view.DisplayText;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.Rescues;
import io.github.espalier.worktree.WorktreeEntry;
import io.github.espalier.worktree.WorktreeManager;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What there is in a repository of ours. */
@Command(
        name = "status",
        description = "Lists worktrees, runs, the last landings, rescues and held landings. Changes nothing.")
final class StatusCommand implements Callable<Integer> {
    private static final int LANDINGS_SHOWN = 10;
    private static final String HELD = "refs/espalier/held/";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RepositoryOption repository;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "10",
            description = "how many runs, newest first; 10 by default")
    private int most;

    @Override
    public Integer call() {
        GitRepository opened = repository.open();
        PrintWriter out = spec.commandLine().getOut();
        try (WorktreeManager worktrees = WorktreeManager.of(opened)) {
            worktrees(out, worktrees.list());
        }
        Optional<CoordinatorException> damage = runs(out, RunHistory.of(opened));
        refs(out, "Rescues", Refs.of(opened).list(Rescues.PREFIX));
        refs(out, "Held landings", Refs.of(opened).list(HELD));
        out.flush();
        // Said last: what was rescued matters most to somebody whose journal is damaged.
        damage.ifPresent(e -> {
            throw e;
        });
        return Failures.OK;
    }

    private static void worktrees(PrintWriter out, List<WorktreeEntry> entries) {
        out.println("Worktrees: " + entries.size());
        for (WorktreeEntry entry : entries) {
            String what = entry.bare() ? "(bare)" : entry.branch().orElse("(detached)");
            String missing =
                    entry.missing().map(why -> " (missing: " + why + ")").orElse("");
            line(out, entry.directory() + "  " + what + "  " + entry.head().orElse("(no commit)") + missing);
        }
    }

    private Optional<CoordinatorException> runs(PrintWriter out, RunHistory history) {
        try {
            runs(out, history.runs());
            landings(out, history.landings());
            undos(out, history.undos());
            return Optional.empty();
        } catch (CoordinatorException e) {
            out.println("Runs: not readable");
            return Optional.of(e);
        }
    }

    private void runs(PrintWriter out, List<RecordedRun> runs) {
        out.println("Runs: " + runs.size());
        for (RecordedRun run : runs.subList(0, Math.max(0, Math.min(most, runs.size())))) {
            String end = run.endedAt().map(Instant::toString).orElse("under way, or cut short");
            line(out, run.run() + "  on " + run.target() + "  " + run.startedAt() + " to " + end);
            run.tasks()
                    .forEach(task -> line(
                            out,
                            "  " + task.id() + ": "
                                    + task.detail().or(task::outcome).orElse("no outcome recorded")));
        }
        if (runs.size() > most) {
            line(out, "and " + (runs.size() - Math.max(0, most)) + " more; see --runs");
        }
    }

    /** With the ids that undo takes. */
    private static void landings(PrintWriter out, List<Landing> landings) {
        if (landings.isEmpty()) {
            return;
        }
        out.println("Landings: " + landings.size());
        landings.stream()
                .limit(LANDINGS_SHOWN)
                .forEach(landing -> line(
                        out,
                        landing.id() + "  " + landing.task() + "  on " + landing.target() + " as " + landing.commit()
                                + "  " + landing.at()));
        if (landings.size() > LANDINGS_SHOWN) {
            line(out, "and " + (landings.size() - LANDINGS_SHOWN) + " earlier");
        }
    }

    private static void undos(PrintWriter out, List<RecordedUndo> undos) {
        if (undos.isEmpty()) {
            return;
        }
        out.println("Undos: " + undos.size());
        undos.stream()
                .limit(LANDINGS_SHOWN)
                .forEach(undo -> line(
                        out,
                        undo.landing() + "  on " + undo.target() + "  " + undo.startedAt() + "  " + outcome(undo)));
        if (undos.size() > LANDINGS_SHOWN) {
            line(out, "and " + (undos.size() - LANDINGS_SHOWN) + " earlier");
        }
    }

    private static String outcome(RecordedUndo undo) {
        if (undo.endedAt().isEmpty()) {
            return "under way, or cut short";
        } else if (undo.undone()) {
            return undo.detail().orElse("undone");
        }
        return "not undone" + undo.detail().map(detail -> ": " + detail).orElse("");
    }

    private static void refs(PrintWriter out, String title, Map<String, String> refs) {
        out.println(title + ": " + refs.size());
        refs.forEach((ref, id) -> line(out, ref + "  " + id));
    }

    private static void line(PrintWriter out, String text) {
        out.println("  " + DisplayText.clean(text));
    }
}
