package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The times of one batch with some instances at once, against one at a time, round by round.
 *
 * @param batch the batch
 * @param instances how many at once
 * @param limit the highest ratio that is good; empty: shown only
 * @param single times one at a time
 * @param several times with several at once
 */
record Comparison(Batch batch, int instances, OptionalDouble limit, List<Duration> single, List<Duration> several) {
    static Comparison of(int tasks, Duration agentTime, int instances, OptionalDouble limit) {
        return new Comparison(new Batch(tasks, agentTime), instances, limit, new ArrayList<>(), new ArrayList<>());
    }

    /** One round; who goes first changes from round to round, so that a drift of the machine hits both. */
    void round(int number) {
        if (number % 2 == 0) {
            single.add(batch.run(1));
            several.add(batch.run(instances));
        } else {
            several.add(batch.run(instances));
            single.add(batch.run(1));
        }
    }

    /** No schedule is faster: whole tasks, one after the other in each place. */
    double bound() {
        double rounds = Math.ceil(batch.tasks() / (double) instances);
        return rounds / batch.tasks();
    }

    /** The median of the rounds' ratios. */
    double ratio() {
        return Figures.ratio(several, single);
    }

    boolean good() {
        return limit.isEmpty() || ratio() <= limit.getAsDouble();
    }

    static String header() {
        return String.format(
                "%5s %9s %12s %12s %7s %7s %7s",
                "tasks", "instances", "one at once", "this many", "ratio", "limit", "bound");
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "%5d %9d %10.2f s %10.2f s %7.3f %7s %7.3f  %s",
                batch.tasks(),
                instances,
                Figures.medianSeconds(single),
                Figures.medianSeconds(several),
                ratio(),
                limit.isPresent() ? String.format(Locale.ROOT, "%.2f", limit.getAsDouble()) : "-",
                bound(),
                good() ? "" : "MISSED");
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("tasks", batch.tasks())
                .put("instances", instances)
                .put("agentSeconds", batch.agentTime().toMillis() / 1000.0)
                .put("ratio", ratio())
                .put("limit", limit.isPresent() ? (Double) limit.getAsDouble() : null)
                .put("bound", bound())
                .put("good", good());
        seconds(single).forEach(json.putArray("oneAtOnceSeconds")::add);
        seconds(several).forEach(json.putArray("severalAtOnceSeconds")::add);
        return json;
    }

    private static List<Double> seconds(List<Duration> times) {
        return times.stream().map(time -> time.toMillis() / 1000.0).toList();
    }
}
