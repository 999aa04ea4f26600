package io.github.espalier.separator.internal.predict;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Which pairs of tasks collide.
 *
 * <p>Where it is certain what both touch, each shared file adds to an expected number of collisions, and the probability is 1
 * less that of none (a regression with the complementary log-log link): another shared file never makes a pair safer. Where it
 * is not certain, a logistic regression over the same expectation and over how alike the texts are.
 */
public final class PairModel {
    private static final double LEAST = -12;
    private static final double MOST = 4;

    private final double[] collision;
    private final double[] texts;

    PairModel(double[] collision, double[] texts) {
        this.collision = collision.clone();
        this.texts = texts.clone();
    }

    /** Reads lines like {@code size=-0.4}. */
    static PairModel parse(Properties lines) {
        double[] collision = new double[SharedFile.Feature.COUNT];
        for (SharedFile.Feature feature : SharedFile.Feature.values()) {
            collision[feature.index()] = Double.parseDouble(lines.getProperty("file." + feature.key(), "0"));
        }
        double[] texts = new double[PairFeature.COUNT];
        for (PairFeature feature : PairFeature.values()) {
            texts[feature.index()] = Double.parseDouble(lines.getProperty("pair." + feature.key(), "0"));
        }
        return new PairModel(collision, texts);
    }

    /** The lines that {@link #parse} reads. */
    void write(Map<String, String> lines) {
        for (SharedFile.Feature feature : SharedFile.Feature.values()) {
            lines.put("file." + feature.key(), text(collision[feature.index()]));
        }
        for (PairFeature feature : PairFeature.values()) {
            lines.put("pair." + feature.key(), text(texts[feature.index()]));
        }
    }

    private static String text(double weight) {
        return String.format(Locale.ROOT, "%.4f", weight);
    }

    double[] collision() {
        return collision.clone();
    }

    double[] texts() {
        return texts.clone();
    }

    /** The expected number of collisions in a file that both touch. */
    double collisions(double[] sharedFile) {
        return Math.exp(Math.max(LEAST, Math.min(MOST, LogisticFit.dot(sharedFile, collision))));
    }

    /** The probability of at least one, for an expected number. */
    static double atLeastOne(double expected) {
        return -Math.expm1(-expected);
    }

    double byTexts(double[] pair) {
        return LogisticFit.sigmoid(LogisticFit.dot(pair, texts));
    }
}
