package io.github.espalier.separator.internal.predict;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the changes that read like a task have touched: k nearest neighbours, weighted by their squared similarity. */
final class SimilarChanges {
    private static final int NEIGHBOURS = 60;
    private static final double DOUBT = 0.05;
    private static final double DAY = 86_400;

    private final Project project;
    private final List<ChangeIndex.Similar> nearest;
    private final Map<String, Double> names = new HashMap<>();
    private final Map<String, Double> folders = new HashMap<>();
    private double total = DOUBT;

    SimilarChanges(Project project, Query query) {
        this.project = project;
        nearest = project.changes().similar(query.terms(), NEIGHBOURS);
        nearest.forEach(similar -> total += weight(similar));
    }

    List<ChangeIndex.Similar> nearest() {
        return nearest;
    }

    private static double weight(ChangeIndex.Similar similar) {
        return similar.similarity() * similar.similarity();
    }

    void score(Candidates candidates) {
        for (ChangeIndex.Similar similar : nearest) {
            int[] touched = project.changes().touched(similar.change());
            double share = weight(similar) / total;
            double small = share / Math.sqrt(Math.max(1, touched.length));
            long age = project.now()
                    - project.changes().change(similar.change()).time().getEpochSecond();
            Set<Integer> files = new HashSet<>();
            Set<String> seenNames = new HashSet<>();
            Set<String> seenFolders = new HashSet<>();
            for (int number : touched) {
                seenNames.add(ProjectFiles.name(project.files().path(number)));
                int file = project.files().today(number);
                if (file != ProjectFiles.NONE && files.add(file)) {
                    seenFolders.add(ProjectFiles.folder(project.files().path(file)));
                    if (touched.length <= 2 * ChangeIndex.SWEEP) {
                        double[] own = candidates.of(file);
                        candidates.raise(file, Feature.NEAREST, similar.similarity());
                        own[Feature.SHARE.index()] += share;
                        own[Feature.SHARE_OF_SMALL.index()] += small;
                        own[Feature.SHARE_OF_RECENT.index()] += small / (1 + Math.max(0, age) / (30 * DAY));
                    }
                }
            }
            seenNames.forEach(name -> names.merge(name, share, Double::sum));
            seenFolders.forEach(folder -> folders.merge(folder, share, Double::sum));
        }
    }

    /** The share of the similar changes that touched a file of a name. */
    double shareOfName(String name) {
        return names.getOrDefault(name, 0.0);
    }

    /** The share of the similar changes that touched a file in a folder. */
    double shareOfFolder(String folder) {
        return folders.getOrDefault(folder, 0.0);
    }
}
