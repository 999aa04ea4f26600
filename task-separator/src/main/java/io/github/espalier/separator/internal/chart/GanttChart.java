package io.github.espalier.separator.internal.chart;

import io.github.espalier.separator.Plan;
import io.github.espalier.separator.internal.Times;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A plan over time, one row a place. */
public final class GanttChart {
    private static final int MOST_TASKS = 400;
    private static final double LEFT = 88;
    private static final double WIDTH = 960;
    private static final double RIGHT = 28;
    private static final double TOP = 54;
    private static final double ROW = 30;
    private static final double CHARACTER = 7;

    private final Plan plan;
    private final List<Plan.Entry> entries;
    private final long from;
    private final long to;

    private GanttChart(Plan plan) {
        this.plan = plan;
        entries = plan.entries().stream().limit(MOST_TASKS).toList();
        from = Math.min(
                0,
                entries.stream()
                        .mapToLong(entry -> entry.start().toMillis())
                        .min()
                        .orElse(0));
        to = Math.max(
                1,
                entries.stream()
                        .mapToLong(entry -> entry.end().toMillis())
                        .max()
                        .orElse(1));
    }

    /** The chart as an SVG document. */
    public static String of(Plan plan) {
        return new GanttChart(plan).draw();
    }

    private String draw() {
        int rows = 1 + entries.stream().mapToInt(Plan.Entry::slot).max().orElse(0);
        double bottom = TOP + rows * ROW;
        Svg svg = new Svg(LEFT + WIDTH + RIGHT, bottom + 16, "When each task runs");
        svg.text("small", 12, 18, "start", summary(plan) + moreTasks());
        for (Long tick : Ticks.between(from, to)) {
            svg.line(x(tick), TOP - 6, x(tick), bottom);
            svg.text("small", x(tick), TOP - 10, "middle", Times.of(Duration.ofMillis(tick)));
        }
        for (int row = 0; row < rows; row++) {
            svg.line(LEFT, TOP + row * ROW, LEFT + WIDTH, TOP + row * ROW);
            svg.text(
                    "name",
                    LEFT - 8,
                    TOP + row * ROW + 19,
                    "end",
                    row < plan.places() ? "place " + (row + 1) : "landing");
        }
        svg.line(LEFT, bottom, LEFT + WIDTH, bottom);
        entries.forEach(entry -> bar(svg, entry));
        return svg.end();
    }

    private String moreTasks() {
        int more = plan.entries().size() - entries.size();
        return more > 0 ? "; " + more + " more tasks are not drawn" : "";
    }

    static String summary(Plan plan) {
        return Markup.format(
                "%d tasks, %d at once, over after %s; no plan is shorter than %s (this one: %.2f times that)",
                plan.entries().size(),
                plan.places(),
                Times.of(plan.makespan()),
                Times.of(plan.bound().time()),
                plan.ratio());
    }

    private double x(long millis) {
        return LEFT + WIDTH * (millis - from) / (to - from);
    }

    private void bar(Svg svg, Plan.Entry entry) {
        double begin = x(entry.start().toMillis());
        double width = Math.max(2, x(entry.end().toMillis()) - begin - 1);
        double y = TOP + entry.slot() * ROW + 4;
        svg.box(entry.start().isNegative() ? "underway" : "bar", begin, y, width, ROW - 8, describe(entry));
        int fitting = (int) ((width - 8) / CHARACTER);
        if (fitting >= 2) {
            svg.text("on", begin + 5, y + 15, "start", Markup.ending(entry.task(), fitting));
        }
    }

    private static String describe(Plan.Entry entry) {
        String waits =
                entry.waits().stream().map(wait -> "\nafter " + wait.describe()).collect(Collectors.joining());
        return entry.task() + ": " + Times.of(entry.start()) + " to " + Times.of(entry.end()) + " ("
                + entry.effort().describe() + ")" + waits;
    }
}
