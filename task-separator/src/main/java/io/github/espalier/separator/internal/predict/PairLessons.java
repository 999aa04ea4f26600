package io.github.espalier.separator.internal.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pairs of past changes, seen from before the older one was made, to adjust the pair model by. */
final class PairLessons {
    private static final int EVERY = 3;
    private static final int AHEAD = 6;

    private final List<Optional<Lesson>> lessons;
    private final List<Seen> seen = new ArrayList<>();

    private record Seen(ReplayRecord.Seen older, ReplayRecord.Pair pair) {}

    PairLessons(List<Optional<Lesson>> lessons) {
        this.lessons = lessons;
    }

    /** Pairs a change that is about to be made with some of those after it; of every third one, which is enough. */
    void observe(Project project, int at) {
        if (at % EVERY != 0 || lessons.get(at).isEmpty()) {
            return;
        }
        Replay.PastTask older = lessons.get(at).get().asTask(at);
        ReplayRecord.Seen own = Replay.see(project, older);
        for (int next = at + 1; next <= Math.min(at + AHEAD, lessons.size() - 1); next++) {
            int number = next;
            lessons.get(next)
                    .ifPresent(younger ->
                            seen.add(new Seen(own, Replay.pair(project, older, younger.asTask(number), false))));
        }
    }

    PairModel model(FootprintModel footprints, PairModel prior) {
        PairCalibration calibration = new PairCalibration(prior);
        for (Seen one : seen) {
            calibration.observe(
                    one.pair().younger(),
                    Backtest.features(footprints, prior, one.older(), one.pair()),
                    Backtest.byFiles(prior, one.pair()));
        }
        return calibration.model(Integer.MAX_VALUE);
    }
}
