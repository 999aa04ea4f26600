package io.github.espalier.separator.internal.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Adjusts the weights by which texts tell of collisions to a project: to pairs of its past changes, each with the probability
 * of a collision that follows from the files that both did touch, and, where it is known, half by what they came to: an outcome
 * is one throw of the dice, and too few of them collide. Weights that were fitted elsewhere are the prior. How often changes of
 * a file collide is fitted to outcomes alone, and probabilities are adjusted to them by a new intercept and slope on the logit
 * (Platt's scaling).
 */
final class PairCalibration {
    private static final double PRECISION = 3;
    private static final double PLATT_PRECISION = 4;
    private static final double COLLISION_PRECISION = 3;
    private static final int FEWEST = 200;
    private static final int FEWEST_TOLD = 20;

    /**
     * A pair of the past.
     *
     * @param younger the younger change's number
     * @param features what the texts told
     * @param shared one row a file that both touched
     * @param byFiles the probability by the files that both touched, as it was said then
     * @param byText the probability by the texts
     * @param outcome what it came to
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Known(
            int younger, double[] features, List<double[]> shared, double byFiles, double byText, Outcome outcome) {
        boolean isTold() {
            return outcome != Outcome.UNKNOWN;
        }

        double label() {
            return outcome == Outcome.COLLIDED ? 1 : 0;
        }

        /** What weights of texts are fitted to. */
        double target(PairModel prior) {
            double likely = PairModel.atLeastOne(
                    shared.stream().mapToDouble(prior::collisions).sum());
            return isTold() ? (likely + label()) / 2 : likely;
        }
    }

    private final PairModel prior;
    private final List<Known> pairs = new ArrayList<>();
    private double[] files = {0, 1};
    private double[] texts = {0, 1};

    PairCalibration(PairModel prior) {
        this.prior = prior;
    }

    /** What was seen of a pair, by whichever models. */
    void observe(ReplayRecord.Pair pair, double[] features, double byFiles, double byText) {
        pairs.add(new Known(
                pair.younger(),
                features,
                pair.shared().stream().map(Backtest::doubles).toList(),
                byFiles,
                byText,
                pair.outcome()));
    }

    /** The same by the prior. */
    void observe(ReplayRecord.Pair pair, double[] features) {
        observe(pair, features, Backtest.byFiles(prior, pair), prior.byTexts(features));
    }

    /** The model for what comes after a change, of which the pairs before it tell. */
    PairModel model(int now) {
        List<Known> past = pairs.stream().filter(pair -> pair.younger() < now).toList();
        if (past.size() < FEWEST) {
            return prior;
        }
        files = scale(files, past.stream().filter(pair -> pair.byFiles() > 0).toList(), Known::byFiles);
        texts = scale(texts, past, Known::byText);
        double[] precisions = new double[PairFeature.COUNT];
        Arrays.fill(precisions, PRECISION);
        double[] weights = new LogisticFit(prior.texts(), precisions, PairFeature.nonNegative())
                .fit(
                        past.stream().map(Known::features).toArray(double[][]::new),
                        past.stream().mapToDouble(pair -> pair.target(prior)).toArray(),
                        ones(past.size()));
        return new PairModel(collision(past), weights);
    }

    private double[] collision(List<Known> past) {
        List<CollisionFit.Example> told = past.stream()
                .filter(pair -> pair.isTold() && !pair.shared().isEmpty())
                .map(pair -> new CollisionFit.Example(pair.shared(), pair.outcome() == Outcome.COLLIDED, 1))
                .toList();
        return told.size() < FEWEST_TOLD
                ? prior.collision()
                : new CollisionFit(prior.collision(), COLLISION_PRECISION).fit(prior.collision(), told);
    }

    private static double[] scale(double[] before, List<Known> past, ToDoubleFunction<Known> said) {
        List<Known> told = past.stream().filter(Known::isTold).toList();
        if (told.size() < FEWEST_TOLD) {
            return before;
        }
        return new LogisticFit(
                        new double[] {0, 1},
                        new double[] {PLATT_PRECISION / 10, PLATT_PRECISION},
                        new boolean[] {false, true})
                .fit(
                        told.stream()
                                .map(pair -> new double[] {1, logit(said.applyAsDouble(pair))})
                                .toArray(double[][]::new),
                        told.stream().mapToDouble(Known::label).toArray(),
                        ones(told.size()));
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double logit(double p) {
        double inside = Math.max(1e-6, Math.min(1 - 1e-6, p));
        return Math.log(inside / (1 - inside));
    }

    /** A probability by files, as it holds in this project; nothing shared stays nothing. */
    double byFiles(double said) {
        return said == 0 ? 0 : LogisticFit.sigmoid(files[0] + files[1] * logit(said));
    }

    /** A probability by the texts, as it holds in this project. */
    double byText(double said) {
        return LogisticFit.sigmoid(texts[0] + texts[1] * logit(said));
    }
}
