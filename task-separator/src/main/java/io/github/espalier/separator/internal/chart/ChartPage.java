package io.github.espalier.separator.internal.chart;

import io.github.espalier.separator.ConflictReason;
import io.github.espalier.separator.Plan;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.TaskConflict;
import io.github.espalier.separator.internal.Times;
import java.util.List;
import java.util.stream.Collectors;

/** A page with the matrix, the Gantt chart, and what they show in words. */
public final class ChartPage {
    private static final int MOST_CONFLICTS = 500;
    private static final String STYLE =
            "body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#24292f;background:#fff}"
                    + "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}.wide{overflow-x:auto}"
                    + "table{border-collapse:collapse}td,th{border-bottom:1px solid #d0d7de;padding:.25rem .75rem;"
                    + "text-align:left;vertical-align:top}"
                    + "@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}td,th{border-color:#3d444d}}";

    private ChartPage() {}

    /** The page as an HTML document. */
    public static String of(String title, Separation separation, Plan plan) {
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>")
                .append("<meta name=\"color-scheme\" content=\"light dark\"/><title>")
                .append(Markup.text(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(Markup.text(title))
                .append("</h1><h2>Plan</h2><div class=\"wide\">")
                .append(GanttChart.of(plan))
                .append("</div>");
        never(out, plan);
        table(
                out,
                List.of("task", "title", "place", "start", "end", "effort", "starts after"),
                plan.entries().stream().map(entry -> row(separation, entry)).toList());
        out.append("<h2>Conflicts</h2><div class=\"wide\">")
                .append(ConflictMatrix.of(separation))
                .append("</div>");
        List<TaskConflict> conflicts = separation.conflicts();
        table(
                out,
                List.of("task", "and", "why"),
                conflicts.stream().limit(MOST_CONFLICTS).map(ChartPage::row).toList());
        if (conflicts.size() > MOST_CONFLICTS) {
            out.append("<p>and ").append(conflicts.size() - MOST_CONFLICTS).append(" more</p>");
        }
        return out.append("</body></html>\n").toString();
    }

    private static void never(StringBuilder out, Plan plan) {
        if (!plan.never().isEmpty()) {
            out.append("<p>Never started, because what they depend on did not land: ")
                    .append(Markup.text(String.join(", ", plan.never())))
                    .append("</p>");
        }
    }

    private static List<String> row(Separation separation, Plan.Entry entry) {
        return List.of(
                entry.task(),
                separation.task(entry.task()).title(),
                String.valueOf(entry.slot() + 1),
                Times.of(entry.start()),
                Times.of(entry.end()),
                entry.effort().describe(),
                entry.waits().stream().map(Plan.Wait::describe).collect(Collectors.joining("; ")));
    }

    private static List<String> row(TaskConflict conflict) {
        return List.of(
                conflict.first(),
                conflict.second(),
                conflict.reasons().stream().map(ConflictReason::describe).collect(Collectors.joining("; ")));
    }

    private static void table(StringBuilder out, List<String> head, List<List<String>> rows) {
        out.append("<div class=\"wide\"><table><tr>");
        head.forEach(cell -> out.append("<th>").append(Markup.text(cell)).append("</th>"));
        out.append("</tr>");
        for (List<String> row : rows) {
            out.append("<tr>");
            row.forEach(cell -> out.append("<td>").append(Markup.text(cell)).append("</td>"));
            out.append("</tr>");
        }
        out.append("</table></div>");
    }
}
