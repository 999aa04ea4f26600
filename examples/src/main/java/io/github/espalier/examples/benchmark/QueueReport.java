package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the landing queue saves: branches of which some are red, landed one after another, with several verifications at once,
 * and all as one batch. Verifications and moves of the target are the most of any round; times and ratios are medians.
 *
 * <pre>{@code
 * java -cp examples/target/espalier.jar io.github.espalier.examples.benchmark.QueueReport
 * }</pre>
 */
public final class QueueReport {
    private static final int SLOTS = 4;
    private static final Map<String, Integer> DEFAULTS =
            Map.of("branches", 12, "red", 2, "milliseconds", 400, "rounds", 3);

    private final QueueLoad load;
    private final List<Mode> modes;

    private QueueReport(QueueLoad load) {
        this.load = load;
        modes = List.of(
                new Mode("serial", 1, 1, new ArrayList<>()),
                new Mode("side by side", SLOTS, 1, new ArrayList<>()),
                new Mode("batch", 1, load.branches(), new ArrayList<>()));
    }

    /** One way of landing, and what it came to in each round. */
    private record Mode(String name, int slots, int batch, List<QueueLoad.Trial> trials) {
        List<Duration> times() {
            return trials.stream().map(QueueLoad.Trial::time).toList();
        }

        int verifications() {
            return trials.stream()
                    .mapToInt(QueueLoad.Trial::verifications)
                    .max()
                    .orElse(0);
        }

        int moves() {
            return trials.stream().mapToInt(QueueLoad.Trial::moves).max().orElse(0);
        }

        boolean redTip() {
            return trials.stream().anyMatch(QueueLoad.Trial::redTip);
        }
    }

    /**
     * Measures and prints a table. Ends with 1 if a red tree was the target's tip or more trees were verified than should be,
     * with 2 if it was called wrongly.
     *
     * @param args {@code [--branches N] [--red N] [--milliseconds N] [--rounds N] [--json]}: how many branches, how many of
     *     them red, how long a verification takes, how often each is measured; 12, 2, 400 and 3 by default
     */
    public static void main(String... args) {
        QueueLoad load;
        Arguments arguments;
        try {
            arguments = Arguments.parse(DEFAULTS, args);
            int branches = arguments.number("branches", 1);
            load = new QueueLoad(
                    branches,
                    Math.min(branches, arguments.number("red", 0)),
                    Duration.ofMillis(arguments.number("milliseconds", 0)));
            arguments.number("rounds", 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        new QueueLoad(2, 1, Duration.ZERO).run(1, 1); // classes and git's own caches are warm from here on
        QueueReport report = measure(load, arguments.number("rounds", 1));
        System.out.println(arguments.json() ? report.json().toPrettyString() : report.table());
        System.exit(report.good() ? 0 : 1);
    }

    /** Who goes first changes from round to round, so that a drift of the machine hits all. */
    static QueueReport measure(QueueLoad load, int rounds) {
        QueueReport report = new QueueReport(load);
        for (int round = 0; round < rounds; round++) {
            List<Mode> order = new ArrayList<>(report.modes);
            Collections.rotate(order, round);
            order.forEach(mode -> mode.trials().add(load.run(mode.slots(), mode.batch())));
        }
        return report;
    }

    boolean good() {
        return modes.stream().noneMatch(Mode::redTip)
                && modes.stream().allMatch(mode -> mode.verifications() <= load.bound());
    }

    private double ratio(Mode mode) {
        return Figures.ratio(mode.times(), modes.get(0).times());
    }

    String table() {
        StringBuilder table = new StringBuilder(String.format(
                "%-12s %5s %5s %9s %6s %13s %5s %5s %7s",
                "queue", "slots", "batch", "time", "ratio", "verifications", "bound", "moves", "red tip"));
        for (Mode mode : modes) {
            table.append(String.format(
                    Locale.ROOT,
                    "%n%-12s %5d %5d %7.2f s %6.2f %13d %5d %5d %7s",
                    mode.name(),
                    mode.slots(),
                    mode.batch(),
                    Figures.medianSeconds(mode.times()),
                    ratio(mode),
                    mode.verifications(),
                    load.bound(),
                    mode.moves(),
                    mode.redTip() ? "RED" : "never"));
        }
        return table.toString();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("branches", load.branches())
                .put("red", load.red())
                .put("verificationSeconds", load.verification().toMillis() / 1000.0)
                .put("bound", load.bound())
                .put("good", good());
        for (Mode mode : modes) {
            ObjectNode one = json.withArray("/queues").addObject();
            one.put("queue", mode.name())
                    .put("slots", mode.slots())
                    .put("batch", mode.batch())
                    .put("ratio", Figures.rounded(ratio(mode)))
                    .put("mostVerifications", mode.verifications())
                    .put("mostMoves", mode.moves())
                    .put("redTip", mode.redTip());
            mode.times().forEach(time -> one.withArray("/seconds").add(time.toMillis() / 1000.0));
        }
        return json;
    }
}
