package io.github.espalier.separator.internal.predict;

import java.util.List;

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

    private Predictor() {}

    static Candidates candidates(Project project, Query query) {
        Candidates candidates = new Candidates();
        SIGNALS.forEach(signal -> signal.find(project, query, candidates));
        return candidates;
    }
}
