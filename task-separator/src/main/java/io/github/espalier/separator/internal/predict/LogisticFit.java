package io.github.espalier.separator.internal.predict;

/**
 * Fits a logistic regression by Newton's method. A prior pulls each weight to a given value, the less the more examples there
 * are: the maximum a posteriori under a normal prior.
 */
public final class LogisticFit {
    private static final int MOST_STEPS = 25;
    private static final double CLOSE = 1e-5;

    private final int width;
    private final double[] prior;
    private final double[] precision;
    private final boolean[] nonNegative;

    /** A fit of as many weights as the prior has; the first is the intercept's, for which each row holds a 1. */
    public LogisticFit(double[] prior, double[] precision, boolean[] nonNegative) {
        this.width = prior.length;
        this.prior = prior.clone();
        this.precision = precision.clone();
        this.nonNegative = nonNegative.clone();
    }

    /** The weights, for rows with labels from 0 to 1 that count as much as their importance. */
    public double[] fit(double[][] rows, double[] labels, double[] importance) {
        double[] weights = prior.clone();
        boolean[] pinned = new boolean[width];
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[width];
            double[][] hessian = new double[width][width];
            for (int i = 0; i < width; i++) {
                gradient[i] = precision[i] * (weights[i] - prior[i]);
                hessian[i][i] = precision[i] + 1e-9;
            }
            for (int row = 0; row < rows.length; row++) {
                accumulate(rows[row], labels[row], importance[row], weights, gradient, hessian);
            }
            for (int i = 0; i < width; i++) {
                pinned[i] = nonNegative[i] && weights[i] <= 0 && gradient[i] > 0;
                if (pinned[i]) {
                    gradient[i] = 0;
                    for (int j = 0; j < width; j++) {
                        hessian[i][j] = 0;
                        hessian[j][i] = 0;
                    }
                    hessian[i][i] = 1;
                }
            }
            double[] change = solve(hessian, gradient);
            double most = 0;
            for (int i = 0; i < width; i++) {
                double next = weights[i] - Math.max(-5, Math.min(5, change[i]));
                next = nonNegative[i] ? Math.max(0, next) : next;
                most = Math.max(most, Math.abs(next - weights[i]));
                weights[i] = next;
            }
            if (most < CLOSE) {
                break;
            }
        }
        return weights;
    }

    private void accumulate(
            double[] row, double label, double importance, double[] weights, double[] gradient, double[][] hessian) {
        double p = sigmoid(dot(row, weights));
        double error = importance * (p - label);
        double curve = importance * p * (1 - p);
        for (int i = 0; i < width; i++) {
            if (row[i] != 0) {
                gradient[i] += error * row[i];
                double scaled = curve * row[i];
                for (int j = 0; j <= i; j++) {
                    hessian[i][j] += scaled * row[j];
                }
            }
        }
        // The other half follows by symmetry when the system is solved.
    }

    static double dot(double[] row, double[] weights) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += row[i] * weights[i];
        }
        return sum;
    }

    static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** Cholesky's decomposition; only the lower half of the matrix is read. */
    static double[] solve(double[][] matrix, double[] vector) {
        int n = vector.length;
        double[][] lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                lower[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / lower[j][j];
            }
        }
        double[] x = vector.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= lower[i][k] * x[k];
            }
            x[i] /= lower[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= lower[k][i] * x[k];
            }
            x[i] /= lower[i][i];
        }
        return x;
    }
}
