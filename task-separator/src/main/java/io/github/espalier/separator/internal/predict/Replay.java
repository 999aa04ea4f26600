package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.ChangeHistory;
import io.github.espalier.separator.DeclaredPath.Kind;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.internal.Repositories;
import io.github.espalier.separator.internal.history.ProjectReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Goes through a project's past in the order of time and writes down what could be known of each task, and of each pair of
 * tasks, before the older one began: from the commits that the parent of its base reaches, and the files of that commit. None
 * of it depends on any weights.
 */
public final class Replay {
    private Replay() {}

    /**
     * A change of the past, seen as a task.
     *
     * @param id its number; a smaller one is older
     * @param base the commit it was made on
     * @param subject what was to be done
     * @param touched what was done to which path
     */
    public record PastTask(int id, String base, String subject, Map<String, Kind> touched) {}

    /**
     * Two tasks and whether they collided.
     *
     * @param older a task's number
     * @param younger a task's number
     * @param collided what git said
     */
    public record PastPair(int older, int younger, boolean collided) {}

    /** Calls back once a task, oldest first, after the changes before them all. */
    public static void run(
            Path repository, List<PastTask> tasks, List<PastPair> pairs, Consumer<ReplayRecord> consumer) {
        Map<Integer, PastTask> byId = new HashMap<>();
        tasks.forEach(task -> byId.put(task.id(), task));
        Map<Integer, List<PastPair>> younger = new HashMap<>();
        pairs.forEach(pair ->
                younger.computeIfAbsent(pair.older(), any -> new ArrayList<>()).add(pair));
        Repositories.read(repository, tasks.get(0).base(), (git, ignored) -> {
            go(git, tasks, byId, younger, consumer);
            return tasks.size();
        });
    }

    private static void go(
            Repository git,
            List<PastTask> tasks,
            Map<Integer, PastTask> byId,
            Map<Integer, List<PastPair>> younger,
            Consumer<ReplayRecord> consumer)
            throws IOException {
        try (ProjectReader reader = new ProjectReader(git);
                RevWalk walk = new RevWalk(git)) {
            RevCommit first = walk.parseCommit(ObjectId.fromString(tasks.get(0).base()));
            new Lessons(reader, reader.line(first.getParent(0), Lessons.MOST + 1)).replay(git, Map.of(), consumer);
            for (PastTask task : tasks) {
                RevCommit base = walk.parseCommit(ObjectId.fromString(task.base()));
                reader.moveTo(base.getParent(0), ChangeHistory.DEFAULT_SIZE, Map.of());
                Project project = reader.project();
                List<ReplayRecord.Pair> seen = new ArrayList<>();
                ReplayRecord.Seen own = see(project, task);
                for (PastPair pair : younger.getOrDefault(task.id(), List.of())) {
                    PastTask other = byId.get(pair.younger());
                    if (other != null) {
                        seen.add(pair(project, task, other, pair.collided() ? Outcome.COLLIDED : Outcome.CLEAN));
                    }
                }
                consumer.accept(new ReplayRecord(task.id(), own, seen));
            }
        }
    }

    static ReplayRecord.Seen see(Project project, PastTask task) {
        Candidates candidates = Predictor.candidates(project, query(task));
        List<ReplayRecord.File> files = new ArrayList<>();
        for (Candidates.Scored best : Predictor.likeliest(candidates)) {
            String path = project.files().path(best.file());
            files.add(new ReplayRecord.File(
                    best.file(),
                    Place.of(path),
                    task.touched().containsKey(path),
                    floats(candidates.of(best.file())),
                    floats(SharedFile.features(project, path, Kind.WRITE, Kind.WRITE, Likeness.NONE))));
        }
        int there = (int) task.touched().keySet().stream()
                .filter(path -> project.files().find(path) != ProjectFiles.NONE)
                .count();
        return new ReplayRecord.Seen(files, task.touched().size(), there);
    }

    private static Query query(PastTask task) {
        return Query.of(Task.builder("past").title(task.subject()).build());
    }

    static ReplayRecord.Pair pair(Project project, PastTask older, PastTask younger, Outcome outcome) {
        Likeness likeness = Likeness.of(project, query(older), query(younger));
        List<float[]> shared = new ArrayList<>();
        older.touched().forEach((path, kind) -> {
            Kind other = younger.touched().get(path);
            if (other != null) {
                shared.add(floats(SharedFile.features(project, path, kind, other, likeness)));
            }
        });
        return new ReplayRecord.Pair(
                younger.id(),
                outcome,
                (float) likeness.cosine(),
                (float) likeness.rarest(),
                likeness.apart(),
                see(project, younger),
                shared);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
