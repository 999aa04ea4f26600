package io.github.espalier.separator.internal.predict;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pairs of past changes, seen from before the older one was made, to adjust the pair model by. What they would have come to is
 * known of those that share a file.
 */
final class PairLessons {
    private static final int EVERY = 3;
    private static final int AHEAD = 6;

    private final List<Optional<Lesson>> lessons;
    private final Outcomes outcomes;
    private final List<Seen> seen = new ArrayList<>();

    private record Seen(ReplayRecord.Seen older, ReplayRecord.Pair pair, Outcome outcome) {}

    /** Tells what two changes would have come to. */
    @FunctionalInterface
    interface Outcomes {
        /**
         * By their numbers, and by the files that both touched.
         *
         * @throws IOException if the repository cannot be read
         */
        Outcome of(int older, int younger, Set<String> shared) throws IOException;
    }

    PairLessons(List<Optional<Lesson>> lessons, Outcomes outcomes) {
        this.lessons = lessons;
        this.outcomes = outcomes;
    }

    /** Pairs a change that is about to be made with some of those after it; of every third one, which is enough. */
    void observe(Project project, int at) throws IOException {
        if (at % EVERY != 0 || lessons.get(at).isEmpty()) {
            return;
        }
        Replay.PastTask older = lessons.get(at).get().asTask(at);
        ReplayRecord.Seen own = Replay.see(project, older);
        for (int next = at + 1; next <= Math.min(at + AHEAD, lessons.size() - 1); next++) {
            if (lessons.get(next).isPresent()) {
                Replay.PastTask younger = lessons.get(next).get().asTask(next);
                Set<String> shared = new TreeSet<>(older.touched().keySet());
                shared.retainAll(younger.touched().keySet());
                Outcome outcome = shared.isEmpty() ? Outcome.CLEAN : outcomes.of(at, next, shared);
                seen.add(new Seen(own, Replay.pair(project, older, younger, outcome == Outcome.COLLIDED), outcome));
            }
        }
    }

    PairModel model(FootprintModel footprints, PairModel prior) {
        PairCalibration calibration = new PairCalibration(prior);
        for (Seen one : seen) {
            double[] features = Backtest.features(footprints, prior, one.older(), one.pair());
            double byFiles = Backtest.byFiles(prior, one.pair());
            if (one.outcome() == Outcome.UNKNOWN) {
                calibration.observe(one.pair().younger(), features, byFiles);
            } else {
                List<double[]> shared =
                        one.pair().shared().stream().map(Backtest::doubles).toList();
                calibration.observe(
                        one.pair().younger(),
                        features,
                        shared,
                        byFiles,
                        prior.byTexts(features),
                        one.outcome() == Outcome.COLLIDED);
            }
        }
        return calibration.model(Integer.MAX_VALUE);
    }
}
