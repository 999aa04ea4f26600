package io.github.espalier.separator.internal.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits how often two changes of a file collide, by expectation and maximization: a collision of a pair is shared out among its
 * files by what each expects; then each file's expectation is fitted, by Poisson regression, to what it was given. A prior
 * pulls each weight to a given value, the less the more pairs there are.
 */
final class CollisionFit {
    private static final int ROUNDS = 12;
    private static final int STEPS = 8;
    private static final double LEAST = -12;
    private static final double MOST = 4;

    private final double[] prior;
    private final double precision;

    CollisionFit(double[] prior, double precision) {
        this.prior = prior.clone();
        this.precision = precision;
    }

    /**
     * A pair whose outcome is known.
     *
     * @param shared a row a file that both touched; none: it tells nothing
     * @param collided whether it collided
     * @param importance how much it counts
     */
    record Example(List<double[]> shared, boolean collided, double importance) {}

    /** The weights, from where they stand now. */
    double[] fit(double[] start, List<Example> pairs) {
        double[] weights = start.clone();
        for (int round = 0; round < ROUNDS; round++) {
            PairModel model = new PairModel(weights, new double[PairFeature.COUNT]);
            List<double[]> rows = new ArrayList<>();
            List<double[]> counts = new ArrayList<>();
            for (Example pair : pairs) {
                double[] each =
                        pair.shared().stream().mapToDouble(model::collisions).toArray();
                double total = Arrays.stream(each).sum();
                // Given at least one collision, their expected number is above the total.
                double given = pair.collided() ? total / PairModel.atLeastOne(total) : 0;
                for (int i = 0; i < each.length; i++) {
                    rows.add(pair.shared().get(i));
                    counts.add(new double[] {given * each[i] / total, pair.importance()});
                }
            }
            weights = poisson(weights, rows, counts);
        }
        return weights;
    }

    private double[] poisson(double[] start, List<double[]> rows, List<double[]> counts) {
        double[] weights = start.clone();
        int width = weights.length;
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = new double[width];
            double[][] hessian = new double[width][width];
            for (int i = 0; i < width; i++) {
                gradient[i] = precision * (weights[i] - prior[i]);
                hessian[i][i] = precision;
            }
            for (int i = 0; i < rows.size(); i++) {
                double[] row = rows.get(i);
                double importance = counts.get(i)[1];
                double expected = Math.exp(Math.max(LEAST, Math.min(MOST, LogisticFit.dot(row, weights))));
                double error = importance * (expected - counts.get(i)[0]);
                for (int a = 0; a < width; a++) {
                    gradient[a] += error * row[a];
                    for (int b = 0; b <= a; b++) {
                        hessian[a][b] += importance * expected * row[a] * row[b];
                    }
                }
            }
            double[] change = LogisticFit.solve(hessian, gradient);
            IntStream.range(0, width).forEach(i -> weights[i] -= Math.max(-1, Math.min(1, change[i])));
        }
        return weights;
    }
}
