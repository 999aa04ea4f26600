package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.separator.internal.predict.Backtest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The combined model beside each of its sources alone; none should be better. */
final class SeparationSources {
    private static final String COMBINED = "combined";

    /** Where no adjusting to the project takes place. */
    private static final String GLOBAL = "global";

    private static final int RESAMPLES = 200;
    private static final int SEED = 7;

    private final Backtest test;

    SeparationSources(Backtest test) {
        this.test = test;
    }

    /** How well each source finds files, the combined ones first. */
    ObjectNode files() {
        ObjectNode files = JsonNodeFactory.instance.objectNode();
        test.rankings().stream()
                .map(Backtest.Ranking::source)
                .distinct()
                .forEach(source -> files.set(source, SeparationScore.files(test.rankings(), source)));
        return files;
    }

    /** How well each source finds pairs that collide. */
    ObjectNode pairs() {
        List<Backtest.Verdict> verdicts = test.verdicts();
        Set<String> sources = verdicts.stream()
                .flatMap(verdict -> verdict.bySource().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        sources.forEach(source -> alone.set(source, SeparationScore.pairs(verdicts, by(source))));
        return alone;
    }

    private static ToDoubleFunction<Backtest.Verdict> by(String source) {
        return verdict -> verdict.bySource().getOrDefault(source, 0.0);
    }

    /**
     * Every figure in which a source alone does better; of pairs, also in what share of resamples of the tasks it does: about
     * a half is chance, and from 0.95 on there is something to mend.
     */
    ArrayNode better() {
        ArrayNode better = JsonNodeFactory.instance.arrayNode();
        ObjectNode files = files();
        files.remove(GLOBAL);
        compare((ObjectNode) files.get(COMBINED), files, (source, figure, figures) -> better.add("files/" + figures));
        compare(
                SeparationScore.pairs(test.verdicts(), Backtest.Verdict::byText),
                pairs(),
                (source, figure, figures) ->
                        better.add("pairs/" + figures + ", in " + share(by(source), figure) + " of resamples"));
        return better;
    }

    /** Takes a figure in which a source does better. */
    private interface Finding {
        void found(String source, String figure, String figures);
    }

    private static void compare(ObjectNode combined, ObjectNode sources, Finding finding) {
        combined.fieldNames()
                .forEachRemaining(figure -> sources.fieldNames().forEachRemaining(source -> {
                    double own = combined.get(figure).asDouble();
                    double alone = sources.get(source).get(figure).asDouble();
                    if (alone > own) {
                        finding.found(source, figure, source + "/" + figure + ": " + alone + " against " + own);
                    }
                }));
    }

    /** Bootstrap: as many tasks drawn as there are, each with all its pairs, which are not independent of each other. */
    private double share(ToDoubleFunction<Backtest.Verdict> source, String figure) {
        List<List<Backtest.Verdict>> tasks = List.copyOf(test.verdicts().stream()
                .collect(Collectors.groupingBy(Backtest.Verdict::task, TreeMap::new, Collectors.toList()))
                .values());
        Random random = new Random(SEED);
        int better = 0;
        for (int i = 0; i < RESAMPLES; i++) {
            List<Backtest.Verdict> drawn = new ArrayList<>();
            tasks.forEach(any -> drawn.addAll(tasks.get(random.nextInt(tasks.size()))));
            double alone = SeparationScore.pairs(drawn, source).get(figure).asDouble();
            double own = SeparationScore.pairs(drawn, Backtest.Verdict::byText)
                    .get(figure)
                    .asDouble();
            better += alone > own ? 1 : 0;
        }
        return SeparationScore.round((double) better / RESAMPLES);
    }
}
