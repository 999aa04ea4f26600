package io.github.espalier.separator.internal.predict;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** A logistic regression over each feature and its square root: the probability that a task touches a file. */
public final class FootprintModel {
    static final int WIDTH = 1 + 2 * Feature.COUNT;

    private final double[] weights;

    FootprintModel(double[] weights) {
        this.weights = weights.clone();
    }

    /** Reads lines like {@code heat=0.31 -0.2}: the feature's weight, and its square root's. */
    static FootprintModel parse(Properties lines) {
        double[] weights = new double[WIDTH];
        weights[0] = Double.parseDouble(lines.getProperty("intercept", "0"));
        for (Feature feature : Feature.values()) {
            String[] pair = lines.getProperty(feature.key(), "0 0").trim().split("\\s+", -1);
            weights[1 + 2 * feature.index()] = Double.parseDouble(pair[0]);
            weights[2 + 2 * feature.index()] = Double.parseDouble(pair[1]);
        }
        return new FootprintModel(weights);
    }

    /** The lines that {@link #parse} reads. */
    void write(Map<String, String> lines) {
        lines.put("intercept", text(weights[0]));
        for (Feature feature : Feature.values()) {
            int at = 1 + 2 * feature.index();
            lines.put(feature.key(), text(weights[at]) + " " + text(weights[at + 1]));
        }
    }

    private static String text(double weight) {
        return String.format(Locale.ROOT, "%.4f", weight);
    }

    double[] weights() {
        return weights.clone();
    }

    /** What is multiplied with the weights. */
    static double[] row(double[] features) {
        double[] row = new double[WIDTH];
        row[0] = 1;
        for (int i = 0; i < features.length; i++) {
            row[1 + 2 * i] = features[i];
            row[2 + 2 * i] = Math.sqrt(Math.max(0, features[i]));
        }
        return row;
    }

    double probability(double[] features) {
        double logit = weights[0];
        for (int i = 0; i < features.length; i++) {
            logit += weights[1 + 2 * i] * features[i] + weights[2 + 2 * i] * Math.sqrt(Math.max(0, features[i]));
        }
        return LogisticFit.sigmoid(logit);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FootprintModel model && java.util.Arrays.equals(weights, model.weights);
    }

    @Override
    public int hashCode() {
        return Objects.hash(weights[0], weights.length);
    }
}
