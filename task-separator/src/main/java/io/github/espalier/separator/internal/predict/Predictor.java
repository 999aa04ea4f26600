package io.github.espalier.separator.internal.predict;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers the files that a task may touch, by all signals one after the other. */
final class Predictor {
    private static final List<Signal> SIGNALS = List.of(
            new NameSignal(),
            new WordSignal(),
            new HistorySignal(),
            new ContentSignal(),
            new NearSignal(),
            new ContextSignal(),
            new RelationSignal());

    /** What pairs are estimated by; of all others it is too unlikely that they are touched. */
    private static final int LIKELIEST = 120;

    private Predictor() {}

    static Candidates candidates(Project project, Query query) {
        Candidates candidates = new Candidates();
        SIGNALS.forEach(signal -> signal.find(project, query, candidates));
        return candidates;
    }

    /** The likeliest ones by a first guess, which depends on no fitted weights. */
    static List<Candidates.Scored> likeliest(Candidates candidates) {
        Map<Integer, Double> scores = new HashMap<>();
        candidates
                .all()
                .forEach((file, features) -> scores.put(
                        file,
                        NearSignal.likelihood(features)
                                + 0.3 * features[Feature.TOGETHER.index()]
                                + 0.1 * features[Feature.COMPANION.index()]
                                + 0.01 * features[Feature.HEAT.index()]));
        return Candidates.best(scores, LIKELIEST);
    }
}
