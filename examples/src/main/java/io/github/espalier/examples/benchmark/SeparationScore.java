package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.separator.internal.predict.Backtest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures of a test: how good rankings of files are, and how well probabilities of collisions tell and hold. */
final class SeparationScore {
    private static final int FIRST = 10;
    private static final double[] BINS = {0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1};

    private SeparationScore() {}

    /** Of one source: the share of tasks of which the first, or one of the first ten, was touched; and of files found. */
    static ObjectNode files(List<Backtest.Ranking> rankings, String source) {
        double one = 0;
        double ten = 0;
        double ofAll = 0;
        double ofThere = 0;
        int tasks = 0;
        int tasksThere = 0;
        for (Backtest.Ranking ranking : rankings) {
            if (ranking.source().equals(source)) {
                List<Boolean> first =
                        ranking.hits().subList(0, Math.min(FIRST, ranking.hits().size()));
                long hits = first.stream().filter(hit -> hit).count();
                tasks++;
                one += !first.isEmpty() && first.get(0) ? 1 : 0;
                ten += hits > 0 ? 1 : 0;
                ofAll += (double) hits / ranking.touched();
                if (ranking.there() > 0) {
                    ofThere += (double) hits / ranking.there();
                    tasksThere++;
                }
            }
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("hit@1", round(one / tasks))
                .put("hit@10", round(ten / tasks))
                .put("recall@10", round(ofThere / Math.max(1, tasksThere)))
                .put("recall@10, created files too", round(ofAll / tasks));
    }

    /** Of pairs by some figure. */
    static ObjectNode pairs(List<Backtest.Verdict> verdicts, ToDoubleFunction<Backtest.Verdict> figure) {
        List<Backtest.Verdict> sorted = new ArrayList<>(verdicts);
        sorted.sort((a, b) -> Double.compare(figure.applyAsDouble(b), figure.applyAsDouble(a)));
        double collided = verdicts.stream().filter(Backtest.Verdict::collided).count();
        double precision = 0;
        double concordant = 0;
        double found = 0;
        int at = 0;
        while (at < sorted.size()) {
            int end = at; // ties count as if each were in the middle of them
            int hits = 0;
            while (end < sorted.size()
                    && figure.applyAsDouble(sorted.get(end)) == figure.applyAsDouble(sorted.get(at))) {
                hits += sorted.get(end++).collided() ? 1 : 0;
            }
            int clean = end - at - hits;
            concordant += clean * (found + hits / 2.0);
            precision += hits * ((found + hits) / end);
            found += hits;
            at = end;
        }
        double clean = sorted.size() - collided;
        return JsonNodeFactory.instance
                .objectNode()
                .put("averagePrecision", round(precision / Math.max(1, collided)))
                .put("roc", round(concordant / Math.max(1, collided * clean)))
                .put("recall@5%", round(recall(sorted, collided, 0.05)))
                .put("recall@10%", round(recall(sorted, collided, 0.10)));
    }

    private static double recall(List<Backtest.Verdict> sorted, double collided, double share) {
        int flagged = (int) Math.round(share * sorted.size());
        return sorted.subList(0, flagged).stream()
                        .filter(Backtest.Verdict::collided)
                        .count()
                / Math.max(1, collided);
    }

    /** Of the rule that tasks which share a path conflict. */
    static ObjectNode safe(List<Backtest.Verdict> verdicts) {
        double collided = verdicts.stream().filter(Backtest.Verdict::collided).count();
        double held = verdicts.stream().filter(verdict -> verdict.shared() > 0).count();
        double both = verdicts.stream()
                .filter(verdict -> verdict.shared() > 0 && verdict.collided())
                .count();
        return JsonNodeFactory.instance
                .objectNode()
                .put("recall", round(both / Math.max(1, collided)))
                .put("precision", round(both / Math.max(1, held)));
    }

    /** How probabilities hold: a row a bin, and the mean distance weighed by the pairs in them. */
    static ObjectNode reliability(List<Backtest.Verdict> verdicts, ToDoubleFunction<Backtest.Verdict> probability) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode table = JsonNodeFactory.instance.arrayNode();
        double error = 0;
        for (int bin = 0; bin + 1 < BINS.length; bin++) {
            double from = BINS[bin];
            double to = BINS[bin + 1];
            boolean last = bin + 2 == BINS.length;
            List<Backtest.Verdict> in = verdicts.stream()
                    .filter(verdict -> probability.applyAsDouble(verdict) >= from
                            && (last || probability.applyAsDouble(verdict) < to))
                    .toList();
            if (!in.isEmpty()) {
                double said = in.stream().mapToDouble(probability).average().orElse(0);
                double was =
                        (double) in.stream().filter(Backtest.Verdict::collided).count() / in.size();
                error += in.size() * Math.abs(said - was);
                table.add(JsonNodeFactory.instance
                        .objectNode()
                        .put("from", from)
                        .put("pairs", in.size())
                        .put("said", round(said))
                        .put("was", round(was)));
            }
        }
        node.put("expectedCalibrationError", round(error / Math.max(1, verdicts.size())));
        node.set("table", table);
        return node;
    }

    static double round(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.4f", value));
    }
}
