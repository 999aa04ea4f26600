package io.github.espalier.separator.internal.predict;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Files that changed together with the likeliest ones before, and their companions: a class and its test, and so on. */
final class NearSignal implements Signal {
    private static final int SEEDS = 15;
    private static final int LATEST = 50;
    private static final double DOUBT = 2;

    @Override
    public void find(Project project, Query query, Candidates candidates) {
        around(project, candidates, NearSignal::likelihood);
    }

    /** Looks around the files that score best. */
    static void around(Project project, Candidates candidates, ToDoubleFunction<double[]> score) {
        Map<Integer, Double> scores = new HashMap<>();
        candidates.all().forEach((file, features) -> scores.put(file, score.applyAsDouble(features)));
        for (Candidates.Scored seed : Candidates.best(scores, SEEDS)) {
            together(project, seed.file())
                    .forEach((file, share) -> candidates.raise(file, Feature.TOGETHER, seed.value() * share));
            companions(project.files(), seed.file())
                    .forEach(file -> candidates.raise(file, Feature.COMPANION, seed.value()));
        }
    }

    /** The files of one stem, the lock files beside a manifest, and the manifest beside a lock file. */
    static Set<Integer> companions(ProjectFiles files, int file) {
        String path = files.path(file);
        String folder = ProjectFiles.folder(path);
        Set<Integer> companions = new LinkedHashSet<>(files.ofStem(PathKinds.stem(path)));
        for (String name : PathKinds.lockCompanions(ProjectFiles.name(path))) {
            companions.add(files.find(folder.isEmpty() ? name : folder + "/" + name));
        }
        companions.remove(ProjectFiles.NONE);
        companions.remove(file);
        return companions;
    }

    /** A first guess, good enough to choose where to look around. */
    static double likelihood(double[] features) {
        double logit = -4
                + 3 * features[Feature.NAMED.index()]
                + 1.5 * features[Feature.NAME_COVERED.index()]
                + 2 * features[Feature.PATH_WORDS.index()]
                + 2.5 * features[Feature.CONTENT.index()]
                + 2.5 * features[Feature.NEAREST.index()]
                + 3 * features[Feature.SHARE.index()]
                + 2 * features[Feature.SHARE_OF_RECENT.index()]
                + 2.5 * features[Feature.ANALOGUE.index()];
        return 1 / (1 + Math.exp(-logit));
    }

    /** The share of a file's last changes that touched another too. */
    static Map<Integer, Double> together(Project project, int file) {
        IntList changes = project.changes().changesOf(file);
        Map<Integer, Double> shares = new HashMap<>();
        int from = Math.max(0, changes.size() - LATEST);
        double each = 1 / (changes.size() - from + DOUBT);
        for (int i = from; i < changes.size(); i++) {
            for (int number : project.changes().touched(changes.get(i))) {
                int other = project.files().today(number);
                if (other != ProjectFiles.NONE && other != file) {
                    shares.merge(other, each, Double::sum);
                }
            }
        }
        return shares;
    }
}
