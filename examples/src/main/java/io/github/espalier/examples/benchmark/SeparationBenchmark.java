package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.separator.internal.predict.Backtest;
import io.github.espalier.separator.internal.predict.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How well footprints and conflicts are predicted, on real changes of the past whose conflicts are known.
 *
 * <pre>{@code
 * java -cp examples/target/espalier.jar io.github.espalier.examples.benchmark.SeparationBenchmark \
 *     --repo kafka.git --tasks kafka.tasks.jsonl --pairs kafka.pairs.csv --rows kafka.rows
 * }</pre>
 *
 * <p>Goes through the tasks in the order of time. Of each task, and of each pair, only that is known which the parent of the
 * older task's base reaches, and the files of that commit. What was seen is kept in the rows file, from which {@link
 * SeparationFit} fits weights; if the file is there, the repository is not read again. Several projects may be given, by
 * repeating the options; then the mean over them is printed too.
 */
public final class SeparationBenchmark {
    private static final String USAGE =
            "use: (--repo GITDIR --tasks FILE.jsonl --pairs FILE.csv [--rows FILE])… [--weights FILE]";
    private static final List<String> MEANS = List.of(
            "files/combined/hit@1",
            "files/combined/hit@10",
            "files/combined/recall@10",
            "files/combined/recall@10, created files too",
            "pairs/text/averagePrecision",
            "pairs/text/roc",
            "pairs/text/recall@5%",
            "pairs/text/recall@10%",
            "pairs/files known/averagePrecision",
            "pairs/files known/recall@10%",
            "pairs/names alone/recall@10%",
            "pairs/safe/recall",
            "pairs/safe/precision",
            "calibration/text/expectedCalibrationError",
            "calibration/files known/expectedCalibrationError");

    private SeparationBenchmark() {}

    /**
     * Measures and prints JSON. Ends with 2 if it was called wrongly.
     *
     * @param args {@code --repo GITDIR --tasks FILE.jsonl --pairs FILE.csv [--rows FILE] [--weights FILE]}
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String... args) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            int number = counts.merge(args[i], 1, Integer::sum);
            options.put(args[i] + (args[i].equals("--weights") ? "" : "/" + number), args[i + 1]);
        }
        int projects = counts.getOrDefault("--repo", 0);
        Set<String> known = Set.of("--repo", "--tasks", "--pairs", "--rows", "--weights");
        boolean complete =
                counts.getOrDefault("--tasks", 0) == projects && counts.getOrDefault("--pairs", 0) == projects;
        if (projects == 0 || args.length % 2 != 0 || !complete || !known.containsAll(counts.keySet())) {
            System.err.println(USAGE);
            System.exit(2);
            return;
        }
        Models models = options.containsKey("--weights")
                ? Models.read(Path.of(options.getOrDefault("--weights", "")))
                : Models.standard();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (int i = 1; i <= projects; i++) {
            Path tasks = Path.of(options.getOrDefault("--tasks/" + i, ""));
            Path pairs = Path.of(options.getOrDefault("--pairs/" + i, ""));
            String rows = options.get("--rows/" + i);
            Path kept = rows == null ? Files.createTempFile("separation", ".rows") : Path.of(rows);
            try {
                if (rows == null || !Files.exists(kept)) {
                    SeparationData.write(
                            Path.of(options.getOrDefault("--repo/" + i, "")),
                            SeparationData.tasks(tasks),
                            SeparationData.pairs(pairs),
                            kept);
                }
                json.set(name(tasks), project(kept, models));
            } finally {
                if (rows == null) {
                    Files.delete(kept);
                }
            }
        }
        json.set("macro", mean(json));
        System.out.println(json.toPrettyString());
    }

    private static String name(Path tasks) {
        return tasks.getFileName().toString().replaceFirst("\\..*$", "");
    }

    private static ObjectNode project(Path rows, Models models) throws IOException {
        Backtest test = new Backtest(models.footprints(), models.pairs());
        test.run(SeparationData.read(rows));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Set<String> sources = new LinkedHashSet<>();
        test.rankings().forEach(ranking -> sources.add(ranking.source()));
        ObjectNode files = json.putObject("files");
        sources.forEach(source -> files.set(source, SeparationScore.files(test.rankings(), source)));
        List<Backtest.Verdict> verdicts = test.verdicts();
        ObjectNode pairs = json.putObject("pairs");
        pairs.put("count", verdicts.size());
        pairs.put(
                "collided", verdicts.stream().filter(Backtest.Verdict::collided).count());
        pairs.set("text", SeparationScore.pairs(verdicts, Backtest.Verdict::byText));
        pairs.set("files known", SeparationScore.pairs(verdicts, Backtest.Verdict::byFiles));
        pairs.set("names alone", SeparationScore.pairs(verdicts, Backtest.Verdict::byNames));
        pairs.set("safe", SeparationScore.safe(verdicts));
        pairs.set("shared files counted", SeparationScore.pairs(verdicts, Backtest.Verdict::shared));
        ObjectNode alone = pairs.putObject("each source alone");
        verdicts.stream()
                .limit(1)
                .flatMap(verdict -> verdict.bySource().keySet().stream())
                .sorted()
                .forEach(source -> alone.set(
                        source,
                        SeparationScore.pairs(
                                verdicts, verdict -> verdict.bySource().get(source))));
        ObjectNode calibration = json.putObject("calibration");
        calibration.set("text", SeparationScore.reliability(verdicts, Backtest.Verdict::heldByText));
        calibration.set("files known", SeparationScore.reliability(verdicts, Backtest.Verdict::heldByFiles));
        return json;
    }

    /** Each project counts the same. */
    private static ObjectNode mean(ObjectNode projects) {
        ObjectNode mean = JsonNodeFactory.instance.objectNode();
        for (String figure : MEANS) {
            double sum = 0;
            for (var project : projects) {
                sum += project.at("/" + figure).asDouble();
            }
            mean.put(figure, SeparationScore.round(sum / projects.size()));
        }
        return mean;
    }
}
