package io.github.espalier.separator.internal.predict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** The files that a task may touch, with what speaks for each. */
final class Candidates {
    private final Map<Integer, double[]> features = new LinkedHashMap<>();

    double[] of(int file) {
        return features.computeIfAbsent(file, any -> new double[Feature.COUNT]);
    }

    void raise(int file, Feature feature, double value) {
        double[] own = of(file);
        own[feature.index()] = Math.max(own[feature.index()], value);
    }

    double get(int file, Feature feature) {
        double[] own = features.get(file);
        return own == null ? 0 : own[feature.index()];
    }

    Map<Integer, double[]> all() {
        return features;
    }

    /**
     * A file and a figure.
     *
     * @param file its number
     * @param value the figure
     */
    record Scored(int file, double value) {}

    /** The best of some numbered things by their positive scores, of equals the one of the smaller number first. */
    static List<Scored> best(double[] scores, int most) {
        PriorityQueue<Scored> best = new PriorityQueue<>(most + 1, Candidates::compare);
        double least = 0;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] > least) {
                best.add(new Scored(i, scores[i]));
                if (best.size() > most) {
                    best.remove();
                    least = best.element().value();
                }
            }
        }
        List<Scored> sorted = new ArrayList<>(best);
        sorted.sort((a, b) -> compare(b, a));
        return sorted;
    }

    /** The worse one first. */
    private static int compare(Scored a, Scored b) {
        return a.value() == b.value() ? b.file() - a.file() : Double.compare(a.value(), b.value());
    }

    /** The best of some files, of equals the one of the smaller number first. */
    static List<Scored> best(Map<Integer, Double> scores, int most) {
        List<Scored> all = new ArrayList<>(scores.size());
        scores.forEach((file, value) -> all.add(new Scored(file, value)));
        all.sort((a, b) -> compare(b, a));
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }
}
