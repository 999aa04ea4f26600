package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.Landing;
import io.github.espalier.coordinator.RecordedRun;
import io.github.espalier.coordinator.RecordedRun.RecordedTask;
import io.github.espalier.coordinator.RecordedUndo;
import io.github.espalier.examples.view.DisplayText;
import io.github.espalier.worktree.WorktreeEntry;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Prints what there is in a repository: a title with a number, and a line for each thing below it. */
final class StatusText {
    private static final int SHOWN = 10;

    private final PrintWriter out;

    StatusText(PrintWriter out) {
        this.out = out;
    }

    void worktrees(List<WorktreeEntry> entries) {
        title("Worktrees", entries.size());
        for (WorktreeEntry entry : entries) {
            String what = entry.bare() ? "(bare)" : entry.branch().orElse("(detached)");
            String missing =
                    entry.missing().map(why -> " (missing: " + why + ")").orElse("");
            line(entry.directory() + "  " + what + "  " + entry.head().orElse("(no commit)") + missing);
        }
    }

    /**
     * Prints runs.
     *
     * @param most how many, newest first
     */
    void runs(List<RecordedRun> runs, int most) {
        title("Runs", runs.size());
        runs.stream().limit(most).forEach(this::run);
        if (runs.size() > most) {
            line("and " + (runs.size() - most) + " more; see --runs");
        }
    }

    private void run(RecordedRun run) {
        String end = run.endedAt().map(Instant::toString).orElse("under way, or cut short");
        line(run.run() + "  on " + run.target() + "  " + run.startedAt() + " to " + end);
        run.tasks().forEach(this::task);
    }

    private void task(RecordedTask task) {
        line("  " + task.id() + ": " + task.detail().or(task::outcome).orElse("no outcome recorded"));
    }

    /** With the ids that undo takes. */
    void landings(List<Landing> landings) {
        if (landings.isEmpty()) {
            return;
        }
        title("Landings", landings.size());
        landings.stream()
                .limit(SHOWN)
                .forEach(landing -> line(landing.id() + "  " + landing.task() + "  on " + landing.target() + " as "
                        + landing.published() + "  " + landing.at()));
        earlier(landings.size());
    }

    void undos(List<RecordedUndo> undos) {
        if (undos.isEmpty()) {
            return;
        }
        title("Undos", undos.size());
        undos.stream()
                .limit(SHOWN)
                .forEach(undo -> line(
                        undo.landing() + "  on " + undo.target() + "  " + undo.startedAt() + "  " + outcome(undo)));
        earlier(undos.size());
    }

    private static String outcome(RecordedUndo undo) {
        if (undo.endedAt().isEmpty()) {
            return "under way, or cut short";
        } else if (undo.undone()) {
            return undo.detail().orElse("undone");
        }
        return "not undone" + undo.detail().map(detail -> ": " + detail).orElse("");
    }

    private void earlier(int all) {
        if (all > SHOWN) {
            line("and " + (all - SHOWN) + " earlier");
        }
    }

    void refs(String title, Map<String, String> refs) {
        title(title, refs.size());
        refs.forEach((ref, id) -> line(ref + "  " + id));
    }

    private void title(String what, int count) {
        out.println(what + ": " + count);
    }

    private void line(String text) {
        out.println("  " + DisplayText.clean(text));
    }
}
