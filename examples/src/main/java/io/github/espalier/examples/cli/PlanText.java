package io.github.espalier.examples.cli;

import io.github.espalier.examples.view.DisplayText;
import io.github.espalier.separator.Plan;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.stream.Collectors;

/** A plan for people. */
final class PlanText {
    private PlanText() {}

    static void print(Plan plan, PrintWriter out) {
        out.println(String.format(
                "Plan for %d at once: over after %s; no plan is shorter than %s",
                plan.places(), time(plan.makespan()), time(plan.bound().time())));
        plan.entries().forEach(entry -> out.println(DisplayText.clean(line(entry))));
    }

    private static String line(Plan.Entry entry) {
        return "  " + time(entry.start()) + " to " + time(entry.end()) + "  " + entry.task() + " ("
                + entry.effort().describe() + ")"
                + entry.waits().stream()
                        .map(wait -> "; after " + wait.describe())
                        .collect(Collectors.joining());
    }

    /** Hours and minutes; seconds for what is shorter than a minute. */
    private static String time(Duration time) {
        return time.isZero() || time.compareTo(Duration.ofMinutes(1)) >= 0
                ? String.format("%d:%02d", time.toHours(), time.toMinutesPart())
                : time.toSeconds() + "s";
    }
}
