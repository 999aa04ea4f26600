package io.github.espalier.separator.internal.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fits the weights that come with the library to the replays of some projects; each project counts the same. */
public final class ModelFit {
    private static final double RIDGE = 1;
    private static final double TASKS = 1000;
    private static final double PAIRS = 2000;

    private ModelFit() {}

    /** The lines of a weights file. */
    public static Map<String, String> fit(List<List<ReplayRecord>> all) {
        List<List<ReplayRecord>> projects = all.stream()
                .map(records ->
                        records.stream().filter(record -> !record.isLesson()).toList())
                .toList();
        Map<String, String> lines = new LinkedHashMap<>();
        FootprintModel footprints = footprints(projects);
        footprints.write(lines);
        PairModel pairs = new PairModel(collisions(projects), new double[PairFeature.COUNT]);
        List<List<Backtest.PairExample>> examples = new ArrayList<>();
        for (List<ReplayRecord> project : projects) {
            Backtest test = new Backtest(footprints, pairs);
            test.run(project);
            examples.add(test.examples());
        }
        new PairModel(pairs.collision(), texts(examples)).write(lines);
        return lines;
    }

    private static FootprintModel footprints(List<List<ReplayRecord>> projects) {
        List<double[]> rows = new ArrayList<>();
        List<Double> labels = new ArrayList<>();
        List<Double> importance = new ArrayList<>();
        for (List<ReplayRecord> project : projects) {
            for (ReplayRecord record : project) {
                long hits = record.own().files().stream()
                        .filter(ReplayRecord.File::hit)
                        .count();
                double weight = TASKS / project.size() / Math.max(1, hits);
                for (ReplayRecord.File file : record.own().files()) {
                    rows.add(FootprintModel.row(Backtest.doubles(file.features())));
                    labels.add(file.hit() ? 1.0 : 0.0);
                    importance.add(weight);
                }
            }
        }
        double[] weights = fit(FootprintModel.WIDTH, new boolean[FootprintModel.WIDTH], rows, labels, importance);
        return new FootprintModel(weights);
    }

    private static double[] fit(
            int width, boolean[] nonNegative, List<double[]> rows, List<Double> labels, List<Double> importance) {
        double[] precision = new double[width];
        Arrays.fill(precision, RIDGE);
        precision[0] = 1e-6;
        return new LogisticFit(new double[width], precision, nonNegative)
                .fit(
                        rows.toArray(double[][]::new),
                        labels.stream().mapToDouble(Double::doubleValue).toArray(),
                        importance.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double[] texts(List<List<Backtest.PairExample>> projects) {
        List<double[]> rows = new ArrayList<>();
        List<Double> labels = new ArrayList<>();
        List<Double> importance = new ArrayList<>();
        for (List<Backtest.PairExample> project : projects) {
            for (Backtest.PairExample pair : project) {
                rows.add(pair.features());
                labels.add(pair.collided() ? 1.0 : 0.0);
                importance.add(PAIRS / project.size());
            }
        }
        return fit(PairFeature.COUNT, PairFeature.nonNegative(), rows, labels, importance);
    }

    private static double[] collisions(List<List<ReplayRecord>> projects) {
        List<CollisionFit.Example> pairs = new ArrayList<>();
        for (List<ReplayRecord> project : projects) {
            List<ReplayRecord.Pair> all =
                    project.stream().flatMap(record -> record.pairs().stream()).toList();
            for (ReplayRecord.Pair pair : all) {
                if (!pair.shared().isEmpty()) {
                    pairs.add(new CollisionFit.Example(
                            pair.shared().stream().map(Backtest::doubles).toList(),
                            pair.collided(),
                            PAIRS / all.size()));
                }
            }
        }
        double[] start = new double[SharedFile.Feature.COUNT];
        Arrays.fill(start, 0, 5, -1);
        return new CollisionFit(new double[SharedFile.Feature.COUNT], RIDGE).fit(start, pairs);
    }
}
