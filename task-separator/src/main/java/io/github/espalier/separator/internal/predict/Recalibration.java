package io.github.espalier.separator.internal.predict;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fits the weights of a footprint model to a project's own past: what would have been predicted for its last changes, beside
 * what they touched. Weights that were fitted elsewhere are the prior. Each change counts the same, however much it touched.
 */
public final class Recalibration {
    private static final int LATEST = 400;
    private static final int FEWEST = 30;
    private static final double LIKELY = 0.02;
    private static final int SAMPLE = 16;

    private final FootprintModel prior;
    private final double precision;
    private final Deque<List<Example>> changes = new ArrayDeque<>();
    private int observed;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Example(double[] row, double label, double importance) {}

    /** A recalibration by a prior that counts as much as its precision says. */
    public Recalibration(FootprintModel prior, double precision) {
        this.prior = prior;
        this.precision = precision;
    }

    private void observe(Candidates candidates, Set<Integer> touched) {
        List<Example> examples = new ArrayList<>();
        double importance = 1.0 / Math.max(1, touched.size());
        for (Map.Entry<Integer, double[]> candidate : candidates.all().entrySet()) {
            boolean hit = touched.contains(candidate.getKey());
            boolean likely = hit || prior.probability(candidate.getValue()) > LIKELY;
            // Of the many unlikely ones every 16th stands for the others; which ones does not depend on anything
            // random.
            boolean sampled = Math.floorMod(candidate.getKey() * 0x9E3779B9 + observed * 0x85EBCA6B, SAMPLE) == 0;
            if (likely || sampled) {
                examples.add(new Example(
                        FootprintModel.row(candidate.getValue()),
                        hit ? 1 : 0,
                        likely ? importance : importance * SAMPLE));
            }
        }
        observed++;
        changes.add(examples);
        if (changes.size() > LATEST) {
            changes.remove();
        }
    }

    /** One change of the past that was replayed. */
    void observe(ReplayRecord.Seen seen) {
        Candidates candidates = new Candidates();
        Set<Integer> touched = new HashSet<>();
        for (ReplayRecord.File file : seen.files()) {
            System.arraycopy(Backtest.doubles(file.features()), 0, candidates.of(file.number()), 0, Feature.COUNT);
            if (file.hit()) {
                touched.add(file.number());
            }
        }
        observe(candidates, touched);
    }

    /** The model that fits best so far. */
    FootprintModel model() {
        if (changes.size() < FEWEST) {
            return prior;
        }
        List<Example> all = changes.stream().flatMap(List::stream).toList();
        double[] precisions = new double[FootprintModel.WIDTH];
        Arrays.fill(precisions, precision);
        double[] weights = new LogisticFit(prior.weights(), precisions, new boolean[FootprintModel.WIDTH])
                .fit(
                        all.stream().map(Example::row).toArray(double[][]::new),
                        all.stream().mapToDouble(Example::label).toArray(),
                        all.stream().mapToDouble(Example::importance).toArray());
        return new FootprintModel(weights);
    }
}
