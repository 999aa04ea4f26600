package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What one engine made of many merges, and how long each took. Not thread-safe. */
final class EngineScore {
    private final String name;
    private final List<Double> milliseconds = new ArrayList<>();
    private final Map<Verdict.Kind, Integer> counts = new EnumMap<>(Verdict.Kind.class);
    private final Map<String, Integer> causes = new TreeMap<>();
    private final ArrayNode examples = JsonNodeFactory.instance.arrayNode();

    EngineScore(String name) {
        this.name = name;
    }

    void add(RealMerge merge, Verdict verdict, long nanoseconds) {
        milliseconds.add(nanoseconds / 1e6);
        counts.merge(verdict.kind(), 1, Integer::sum);
        if (verdict.kind() != Verdict.Kind.SAME) {
            causes.merge(verdict.kind().word() + ": " + verdict.cause(), 1, Integer::sum);
            examples.addObject()
                    .put("merge", merge.commit())
                    .put("verdict", verdict.kind().word())
                    .put("cause", verdict.cause());
        }
    }

    /** Whether it never merged what git does not, nor to another tree. */
    boolean sound() {
        return counts.keySet().stream().noneMatch(Verdict.Kind::wrong);
    }

    double median() {
        return quantile(0.5);
    }

    private double quantile(double share) {
        List<Double> sorted = milliseconds.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size())));
    }

    ObjectNode json(double medianOfGit) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("engine", name)
                .put("merges", milliseconds.size())
                .put("medianMilliseconds", rounded(median()))
                .put("p95Milliseconds", rounded(quantile(0.95)))
                .put("ratio", rounded(median() / medianOfGit));
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            json.put(kind.word(), counts.getOrDefault(kind, 0));
        }
        ObjectNode byCause = json.putObject("causes");
        causes.forEach(byCause::put);
        json.set("disagreements", examples);
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    static String header() {
        return String.format(
                "%-16s %7s %7s %9s %9s %7s  %s", "engine", "merges", "same", "median", "p95", "ratio", "otherwise");
    }

    String row(double medianOfGit) {
        return String.format(
                Locale.ROOT,
                "%-16s %7d %7d %6.1f ms %6.1f ms %7.2f  %s",
                name,
                milliseconds.size(),
                counts.getOrDefault(Verdict.Kind.SAME, 0),
                median(),
                quantile(0.95),
                median() / medianOfGit,
                causes.isEmpty() ? "" : causes);
    }
}
