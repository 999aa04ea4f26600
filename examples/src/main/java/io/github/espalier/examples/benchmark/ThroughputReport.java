package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How much faster several agents at once are than one at a time, for agents that take equal time.
 *
 * <p>Three tasks with three instances must take at most 0.40 of the time with one. With two instances at most 0.57 is
 * asked; whole tasks of equal time cannot reach that in a batch of three (two rounds of three: 0.667), so it is asked of a
 * batch of four, and the batch of three is shown beside its bound.
 */
public final class ThroughputReport {
    private ThroughputReport() {}

    /**
     * Measures, prints a table and JSON, and ends with 1 if a ratio misses its limit.
     *
     * @param args {@code [rounds [seconds an agent waits]]}; 5 and 2 by default
     */
    public static void main(String... args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        Duration agentTime = Duration.ofMillis((long) (1000 * (args.length > 1 ? Double.parseDouble(args[1]) : 2)));
        List<Comparison> comparisons = List.of(
                Comparison.of(3, agentTime, 3, OptionalDouble.of(0.40)),
                Comparison.of(4, agentTime, 2, OptionalDouble.of(0.57)),
                Comparison.of(3, agentTime, 2, OptionalDouble.empty()));
        new Batch(1, Duration.ZERO).run(1); // classes and git's own caches are warm from here on
        for (int round = 0; round < rounds; round++) {
            System.err.println("round " + (round + 1) + " of " + rounds);
            for (Comparison comparison : comparisons) {
                comparison.round(round);
            }
        }
        System.out.println(Comparison.header());
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        comparisons.forEach(comparison -> {
            System.out.println(comparison.row());
            json.add(comparison.json());
        });
        System.out.println(json.toPrettyString());
        System.exit(comparisons.stream().allMatch(Comparison::good) ? 0 : 1);
    }
}
