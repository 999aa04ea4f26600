package io.github.espalier.separator.internal.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Fits the weights that come with the library to the replays of some projects; each project counts the same. */
public final class ModelFit {
    private static final double RIDGE = 1;
    private static final double TASKS = 1000;
    private static final double PAIRS = 2000;
    private static final int ROUNDS = 12;

    private ModelFit() {}

    /** The lines of a weights file. */
    public static Map<String, String> fit(List<List<ReplayRecord>> projects) {
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

    /**
     * By expectation and maximization: a collision of a pair is shared out among its files by what each expects; then each
     * file's expectation is fitted, by Poisson regression, to what it was given.
     */
    private static double[] collisions(List<List<ReplayRecord>> projects) {
        List<double[][]> pairs = new ArrayList<>();
        List<double[]> outcome = new ArrayList<>();
        for (List<ReplayRecord> project : projects) {
            List<ReplayRecord.Pair> all =
                    project.stream().flatMap(record -> record.pairs().stream()).toList();
            for (ReplayRecord.Pair pair : all) {
                if (!pair.shared().isEmpty()) {
                    pairs.add(pair.shared().stream().map(Backtest::doubles).toArray(double[][]::new));
                    outcome.add(new double[] {pair.collided() ? 1 : 0, PAIRS / all.size()});
                }
            }
        }
        double[] weights = new double[SharedFile.Feature.COUNT];
        Arrays.fill(weights, 0, 5, -1);
        for (int round = 0; round < ROUNDS; round++) {
            PairModel model = new PairModel(weights, new double[PairFeature.COUNT]);
            List<double[]> rows = new ArrayList<>();
            List<Double> counts = new ArrayList<>();
            List<Double> importance = new ArrayList<>();
            for (int i = 0; i < pairs.size(); i++) {
                double[] each = Arrays.stream(pairs.get(i))
                        .mapToDouble(model::collisions)
                        .toArray();
                double total = Arrays.stream(each).sum();
                // Given at least one collision, their expected number is above the total.
                double given = outcome.get(i)[0] == 1 ? total / PairModel.atLeastOne(total) : 0;
                for (int k = 0; k < each.length; k++) {
                    rows.add(pairs.get(i)[k]);
                    counts.add(given * each[k] / total);
                    importance.add(outcome.get(i)[1]);
                }
            }
            weights = poisson(weights, rows, counts, importance);
        }
        return weights;
    }

    private static double[] poisson(double[] start, List<double[]> rows, List<Double> counts, List<Double> importance) {
        double[] weights = start.clone();
        int width = weights.length;
        for (int step = 0; step < 8; step++) {
            double[] gradient = new double[width];
            double[][] hessian = new double[width][width];
            for (int i = 0; i < width; i++) {
                gradient[i] = RIDGE * weights[i];
                hessian[i][i] = RIDGE;
            }
            for (int i = 0; i < rows.size(); i++) {
                double[] row = rows.get(i);
                double expected = Math.exp(Math.max(-12, Math.min(4, LogisticFit.dot(row, weights))));
                double error = importance.get(i) * (expected - counts.get(i));
                for (int a = 0; a < width; a++) {
                    gradient[a] += error * row[a];
                    for (int b = 0; b <= a; b++) {
                        hessian[a][b] += importance.get(i) * expected * row[a] * row[b];
                    }
                }
            }
            double[] change = LogisticFit.solve(hessian, gradient);
            IntStream.range(0, width).forEach(i -> weights[i] -= Math.max(-1, Math.min(1, change[i])));
        }
        return weights;
    }
}
