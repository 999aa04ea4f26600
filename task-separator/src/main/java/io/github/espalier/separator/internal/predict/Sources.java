package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.DeclaredPath.Kind;
import io.github.espalier.separator.Footprint;
import io.github.espalier.separator.Footprint.Shape;
import io.github.espalier.separator.Footprint.Touch;
import io.github.espalier.separator.FootprintSource;
import io.github.espalier.separator.ProjectTree;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.internal.CertainPaths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The sources of footprints, each of which is one signal or several with a score. */
public final class Sources {
    private static final int MOST = 40;
    private static final double LEAST = 0.05;

    private Sources() {}

    public static FootprintSource declared(ProjectTree tree) {
        CertainPaths paths = new CertainPaths(tree);
        return task -> new Footprint(paths.declared(task));
    }

    public static FootprintSource named(ProjectTree tree) {
        CertainPaths paths = new CertainPaths(tree);
        return task -> new Footprint(paths.named(task));
    }

    public static FootprintSource similarChanges(Knowledge knowledge) {
        return task -> {
            Candidates candidates = new Candidates();
            new HistorySignal().find(knowledge.project(), Query.of(task), candidates);
            return footprint(knowledge, task, candidates, features -> features[Feature.SHARE.index()]);
        };
    }

    public static FootprintSource words(Knowledge knowledge) {
        return task -> {
            Query query = Query.of(task);
            Candidates candidates = new Candidates();
            new WordSignal().find(knowledge.project(), query, candidates);
            new ContentSignal().find(knowledge.project(), query, candidates);
            return footprint(
                    knowledge,
                    task,
                    candidates,
                    features -> Math.max(features[Feature.CONTENT.index()], features[Feature.PATH_WORDS.index()]));
        };
    }

    public static FootprintSource changedTogether(Knowledge knowledge) {
        return near(knowledge, Feature.TOGETHER);
    }

    public static FootprintSource companions(Knowledge knowledge) {
        return near(knowledge, Feature.COMPANION);
    }

    private static FootprintSource near(Knowledge knowledge, Feature feature) {
        return task -> {
            Candidates candidates = new Candidates();
            new NameSignal().find(knowledge.project(), Query.of(task), candidates);
            for (Touch certain : new CertainPaths(knowledge.tree()).all(task)) {
                int file = knowledge.project().files().find(certain.path());
                if (file != ProjectFiles.NONE) {
                    candidates.raise(file, Feature.NAMED, 1);
                }
            }
            NearSignal.around(knowledge.project(), candidates, features -> features[Feature.NAMED.index()]);
            return footprint(knowledge, task, candidates, features -> features[feature.index()]);
        };
    }

    /** What is certain first, then what is likely. */
    public static FootprintSource combined(Knowledge knowledge) {
        CertainPaths paths = new CertainPaths(knowledge.tree());
        return task -> predict(knowledge, paths, task).footprint();
    }

    /**
     * What is told of a task, and what is known besides.
     *
     * @param footprint what is certain first, then what is likely enough to be told
     * @param guesses all that pairs are estimated by, by path
     */
    record Prediction(Footprint footprint, Map<String, Guess> guesses) {}

    static Prediction predict(Knowledge knowledge, CertainPaths paths, Task task) {
        List<Touch> touches = new ArrayList<>(paths.all(task));
        Set<String> certain = new HashSet<>(new Footprint(touches).paths());
        Candidates candidates = Predictor.candidates(knowledge.project(), Query.of(task));
        footprint(knowledge, task, candidates, knowledge.footprints()::probability).touches().stream()
                .filter(touch -> !certain.contains(touch.path()))
                .forEach(touches::add);
        Map<String, Guess> guesses = new HashMap<>();
        for (Candidates.Scored likely : Predictor.likeliest(candidates)) {
            double[] features = candidates.of(likely.file());
            String path = knowledge.project().files().path(likely.file());
            guesses.put(
                    path,
                    Guess.of(
                            likely.file(),
                            Place.of(path),
                            knowledge.footprints().probability(features),
                            features,
                            SharedFile.features(knowledge.project(), path, Kind.WRITE, Kind.WRITE, Likeness.NONE)));
        }
        return new Prediction(new Footprint(touches), guesses);
    }

    private static Footprint footprint(
            Knowledge knowledge, Task task, Candidates candidates, ToDoubleFunction<double[]> score) {
        Map<Integer, Double> scores = new HashMap<>();
        candidates.all().forEach((file, features) -> {
            double value = Math.min(1, score.applyAsDouble(features));
            if (value >= LEAST) {
                scores.put(file, value);
            }
        });
        List<Candidates.Scored> best = Candidates.best(scores, MOST);
        Explanation explanation = new Explanation(knowledge.project(), task, candidates, best);
        List<Touch> touches = new ArrayList<>();
        for (Candidates.Scored scored : best) {
            touches.add(new Touch(
                    knowledge.project().files().path(scored.file()),
                    Kind.WRITE,
                    scored.value(),
                    explanation.of(scored.file()),
                    Shape.FILE));
        }
        return new Footprint(touches);
    }
}
