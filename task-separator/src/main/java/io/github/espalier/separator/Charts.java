package io.github.espalier.separator;

import io.github.espalier.separator.internal.chart.ChartPage;
import io.github.espalier.separator.internal.chart.ConflictMatrix;
import io.github.espalier.separator.internal.chart.GanttChart;

/**
 * Draws a separation and a plan. What comes back is whole in itself: it loads nothing, runs no script, shows any text of a task
 * as text, and follows the reader's choice of a light or dark page. Of large batches only the beginning is drawn, and the
 * drawing says so.
 *
 * <pre>{@code
 * Files.writeString(Path.of("plan.html"), Charts.page("Backlog", separation, Schedule.of(separation).plan(3)));
 * }</pre>
 */
public final class Charts {
    private Charts() {}

    /**
     * Which tasks conflict with which, as a matrix; each cell names the reasons when pointed at.
     *
     * @param separation the batch
     * @return an SVG document; of more than 200 tasks the first 200
     */
    public static String matrix(Separation separation) {
        return ConflictMatrix.of(separation);
    }

    /**
     * When each task runs and in which place, as a Gantt chart; each bar tells its times and what it waits for when pointed
     * at.
     *
     * @param plan the plan
     * @return an SVG document; of more than 400 tasks the first 400 to start
     */
    public static String gantt(Plan plan) {
        return GanttChart.of(plan);
    }

    /**
     * A page with both, the plan's figures, and every conflict with its reasons.
     *
     * @param title the page's title
     * @param separation the batch
     * @param plan its plan
     * @return an HTML document; of more than 500 conflicts the first 500
     */
    public static String page(String title, Separation separation, Plan plan) {
        return ChartPage.of(title, separation, plan);
    }
}
