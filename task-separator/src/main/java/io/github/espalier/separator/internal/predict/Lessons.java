package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.ChangeHistory;
import io.github.espalier.separator.PastChange;
import io.github.espalier.separator.internal.history.PastCollisions;
import io.github.espalier.separator.internal.history.ProjectReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * The last changes of a project, each seen as a task from before it was made, and some pairs of them, with what they would have
 * come to. A model that was fitted elsewhere is adjusted to the project by them.
 */
final class Lessons {
    /** So many changes are replayed. */
    static final int MOST = 200;

    /** Of every third change, which is enough, pairs are looked at, with so many of those after it. */
    private static final int EVERY = 3;

    private static final int AHEAD = 6;

    private final ProjectReader reader;
    private final List<RevCommit> line;
    private final List<Optional<Lesson>> lessons = new ArrayList<>();

    /** @param line commits on a line of first parents, the oldest first; of the first one nothing is learned */
    Lessons(ProjectReader reader, List<RevCommit> line) throws IOException {
        this.reader = reader;
        this.line = List.copyOf(line);
        for (RevCommit commit : line) {
            lessons.add(Lesson.of(reader, commit));
        }
    }

    /** Goes along the line up to its end; the numbers of these tasks are below 0. */
    void replay(Repository repository, Map<String, PastChange> known, Consumer<ReplayRecord> consumer)
            throws IOException {
        try (PastCollisions collisions = new PastCollisions(repository)) {
            for (int at = 0; at < line.size(); at++) {
                if (at > 0 && lessons.get(at).isPresent()) {
                    Replay.PastTask task = task(at).orElseThrow();
                    consumer.accept(new ReplayRecord(
                            task.id(),
                            Replay.see(reader.project(), task),
                            at % EVERY == 0 ? pairs(collisions, at, task) : List.of()));
                }
                reader.moveTo(line.get(at), ChangeHistory.DEFAULT_SIZE, known);
            }
        }
    }

    private Optional<Replay.PastTask> task(int at) {
        return lessons.get(at).map(lesson -> lesson.asTask(at - line.size()));
    }

    private List<ReplayRecord.Pair> pairs(PastCollisions collisions, int at, Replay.PastTask older) throws IOException {
        List<ReplayRecord.Pair> pairs = new ArrayList<>();
        for (int next = at + 1; next <= Math.min(at + AHEAD, line.size() - 1); next++) {
            Optional<Replay.PastTask> younger = task(next);
            if (younger.isPresent()) {
                Set<String> shared = new TreeSet<>(older.touched().keySet());
                shared.retainAll(younger.get().touched().keySet());
                Outcome outcome =
                        shared.isEmpty() ? Outcome.CLEAN : collisions.of(line.get(at), line.get(next), shared);
                pairs.add(Replay.pair(reader.project(), older, younger.get(), outcome));
            }
        }
        return pairs;
    }

    /** Models that are adjusted to what was seen. */
    static Models adjusted(Models prior, List<ReplayRecord> lessons) {
        Recalibration recalibration = new Recalibration(prior.footprints(), Models.PRIOR_PRECISION);
        lessons.forEach(lesson -> recalibration.observe(lesson.own()));
        FootprintModel footprints = recalibration.model();
        PairCalibration calibration = new PairCalibration(prior.pairs());
        lessons.forEach(lesson -> lesson.pairs()
                .forEach(pair ->
                        calibration.observe(pair, Backtest.features(footprints, prior.pairs(), lesson.own(), pair))));
        return new Models(footprints, calibration.model(Integer.MAX_VALUE));
    }
}
