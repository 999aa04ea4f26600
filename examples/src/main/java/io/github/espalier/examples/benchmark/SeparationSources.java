package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.separator.internal.predict.Backtest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The combined model beside each of its sources alone; none should be better. */
final class SeparationSources {
    private static final String COMBINED = "combined";

    /** Where no adjusting to the project takes place. */
    private static final String GLOBAL = "global";

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
        sources.forEach(source -> alone.set(
                source,
                SeparationScore.pairs(verdicts, verdict -> verdict.bySource().getOrDefault(source, 0.0))));
        return alone;
    }

    /** Every figure in which a source alone does better: empty, or there is something to mend. */
    ArrayNode better() {
        ArrayNode better = JsonNodeFactory.instance.arrayNode();
        ObjectNode files = files();
        files.remove(GLOBAL);
        compare("files", (ObjectNode) files.get(COMBINED), files, better);
        compare("pairs", SeparationScore.pairs(test.verdicts(), Backtest.Verdict::byText), pairs(), better);
        return better;
    }

    private static void compare(String what, ObjectNode combined, ObjectNode sources, ArrayNode better) {
        combined.fieldNames()
                .forEachRemaining(figure -> sources.fieldNames().forEachRemaining(source -> {
                    double own = combined.get(figure).asDouble();
                    double alone = sources.get(source).get(figure).asDouble();
                    if (alone > own) {
                        better.add(what + "/" + source + "/" + figure + ": " + alone + " against " + own);
                    }
                }));
    }
}
