package io.github.espalier.examples.view;

import io.github.espalier.coordinator.RunReport;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.TaskReport;
import io.github.espalier.worktree.Conflict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What became of each task, where its log is, and what to do about those that did not land. */
public final class Summary {
    private static final int CONFLICTS_SHOWN = 10;

    private final Style style;
    private final PrintWriter out;

    /** Prints to a writer. */
    public Summary(Style style, PrintWriter out) {
        this.style = style;
        this.out = out;
    }

    /** Prints the summary of a run. */
    public void print(RunReport report) {
        report.tasks().forEach(this::print);
        long landed =
                report.tasks().stream().filter(task -> task.outcome().success()).count();
        Duration time = Duration.between(report.startedAt(), report.endedAt());
        String count = landed + " of " + report.tasks().size() + " landed";
        out.println(style.verdict(report.success(), count) + " on " + DisplayText.clean(report.target()) + " in "
                + Amounts.words(time) + " (run " + report.run() + ")");
        out.flush();
    }

    private void print(TaskReport task) {
        TaskOutcome outcome = task.outcome();
        String title = task.title().isBlank() ? "" : " " + DisplayText.clean(task.title());
        out.println(style.bold(DisplayText.clean(task.id())) + title);
        line("outcome", style.verdict(outcome.success(), DisplayText.clean(outcome.describe())));
        if (outcome instanceof TaskOutcome.Landed) {
            task.commit().ifPresent(commit -> line("work", commit));
        }
        task.log().ifPresent(log -> line("log", clean(log)));
        task.notes().forEach(note -> line("note", DisplayText.clean(note)));
        if (!outcome.success()) {
            remains(task);
        }
    }

    private void remains(TaskReport task) {
        if (task.outcome() instanceof TaskOutcome.Conflicted conflicted) {
            conflicts(conflicted.conflicts());
        } else if (task.outcome() instanceof TaskOutcome.VerificationFailed failed) {
            failed.log().ifPresent(log -> line("verified", "see " + clean(log)));
        } else if (task.outcome() instanceof TaskOutcome.Held held) {
            line("held", held.ref());
        }
        task.branch().ifPresent(branch -> line("branch", DisplayText.clean(branch)));
        task.worktree().ifPresent(worktree -> line("worktree", clean(worktree)));
        task.rescue().ifPresent(ref -> line("rescue", ref));
        line("next", DisplayText.clean(Advice.about(task)));
    }

    private void conflicts(List<Conflict> conflicts) {
        conflicts.stream()
                .limit(CONFLICTS_SHOWN)
                .forEach(conflict ->
                        line("conflict", DisplayText.clean(conflict.path() + " (" + conflict.kind() + ")")));
        if (conflicts.size() > CONFLICTS_SHOWN) {
            line("conflict", "and " + (conflicts.size() - CONFLICTS_SHOWN) + " more paths");
        }
    }

    private void line(String label, String text) {
        out.println("  " + style.dim(DisplayText.fit(label, 9)) + " " + text);
    }

    private static String clean(Path path) {
        return DisplayText.clean(path.toString());
    }
}
