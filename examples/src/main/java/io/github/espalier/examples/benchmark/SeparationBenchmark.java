package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.separator.internal.predict.Backtest;
import io.github.espalier.separator.internal.predict.ModelFit;
import io.github.espalier.separator.internal.predict.Models;
import io.github.espalier.separator.internal.predict.ReplayRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
 * repeating the options; then the mean over them is printed too, and with {@code --leave-one-out} each is tested by weights that
 * are fitted to the others.
 */
public final class SeparationBenchmark {
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
            "calibration/files known/expectedCalibrationError",
            "calibration/text, not scaled/expectedCalibrationError",
            "calibration/files known, not scaled/expectedCalibrationError");

    private SeparationBenchmark() {}

    /**
     * Measures and prints JSON. Ends with 2 if it was called wrongly.
     *
     * @param args {@code --repo GITDIR --tasks FILE.jsonl --pairs FILE.csv [--rows FILE]}, for each project, and {@code
     *     --weights FILE} or {@code --leave-one-out}
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String... args) throws IOException {
        SeparationRequest request;
        try {
            request = SeparationRequest.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        System.out.println(measure(request).toPrettyString());
    }

    /** Measures. */
    static ObjectNode measure(SeparationRequest request) throws IOException {
        List<List<ReplayRecord>> records = new ArrayList<>();
        for (SeparationRequest.Project project : request.projects()) {
            records.add(records(project));
        }
        Models given =
                request.weights().isPresent() ? Models.read(request.weights().get()) : Models.standard();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < records.size(); i++) {
            Models models = request.leaveOneOut() ? Models.of(ModelFit.fit(without(i, records))) : given;
            json.set(request.projects().get(i).name(), project(records.get(i), models));
        }
        json.set("macro", mean(json));
        return json;
    }

    private static List<ReplayRecord> records(SeparationRequest.Project project) throws IOException {
        boolean isKept = project.rows().isPresent();
        Path rows = isKept ? project.rows().get() : Files.createTempFile("separation", ".rows");
        try {
            if (!isKept || !Files.exists(rows)) {
                SeparationData.write(
                        project.repository(),
                        SeparationData.tasks(project.tasks()),
                        SeparationData.pairs(project.pairs()),
                        rows);
            }
            return SeparationData.read(rows);
        } finally {
            if (!isKept) {
                Files.delete(rows);
            }
        }
    }

    private static <T> List<T> without(int index, List<T> all) {
        List<T> others = new ArrayList<>(all);
        others.remove(index);
        return others;
    }

    private static ObjectNode project(List<ReplayRecord> records, Models models) {
        Backtest test = new Backtest(models.footprints(), models.pairs());
        test.run(records);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        SeparationSources sources = new SeparationSources(test);
        json.set("files", sources.files());
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
        pairs.set("each source alone", sources.pairs());
        json.set("better than combined", sources.better());
        ObjectNode calibration = json.putObject("calibration");
        calibration.set("text", SeparationScore.reliability(verdicts, Backtest.Verdict::heldByText));
        calibration.set("files known", SeparationScore.reliability(verdicts, Backtest.Verdict::heldByFiles));
        calibration.set("text, not scaled", SeparationScore.reliability(verdicts, Backtest.Verdict::byText));
        calibration.set("files known, not scaled", SeparationScore.reliability(verdicts, Backtest.Verdict::byFiles));
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
