package io.github.espalier.separator.internal.predict;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How alike two tasks read.
 *
 * @param cosine of their weighted terms, from 0 to 1
 * @param rarest the rarity of the rarest term that both have, from 0 to about 1
 * @param apart whether both name folders, and different ones
 */
record Likeness(double cosine, double rarest, boolean apart) {
    /** Of texts of which nothing is known. */
    static final Likeness NONE = new Likeness(0, 0, false);

    private static final int WORDS = 3;

    static Likeness of(Project project, Query first, Query second) {
        ChangeIndex changes = project.changes();
        double[] sums = new double[2];
        first.terms().forEach((term, weight) -> {
            Float other = second.terms().get(term);
            if (other != null) {
                double tells = changes.distinction(term);
                sums[0] += weight * other * tells * tells;
                sums[1] = Math.max(sums[1], tells);
            }
        });
        double norms = norm(changes, first) * norm(changes, second);
        return new Likeness(
                Math.min(1, sums[0] / (norms + 1e-9)),
                sums[1] / Math.log(Math.max(2, changes.size() + 1)),
                apart(folders(project, first), folders(project, second)));
    }

    private static Set<String> folders(Project project, Query query) {
        Map<String, Double> named = HistorySignal.foldersNamed(project.files(), query.text());
        Set<String> folders = new HashSet<>();
        named.forEach((folder, certainty) -> {
            if (certainty >= HistorySignal.LEAST_FOLDER) {
                folders.add(folder + "/");
            }
        });
        return folders;
    }

    private static boolean apart(Set<String> first, Set<String> second) {
        return !first.isEmpty()
                && !second.isEmpty()
                && first.stream()
                        .noneMatch(one ->
                                second.stream().anyMatch(other -> one.startsWith(other) || other.startsWith(one)));
    }

    private static double norm(ChangeIndex changes, Query query) {
        double[] sum = {0};
        query.terms().forEach((term, weight) -> sum[0] += Math.pow(weight * changes.distinction(term), 2));
        return Math.sqrt(sum[0]);
    }

    /** The rarest words of both. */
    static List<String> words(Project project, Query first, Query second) {
        ChangeIndex changes = project.changes();
        return first.terms().keySet().stream()
                .filter(second.terms()::containsKey)
                .sorted(Comparator.<String, Double>comparing(term -> -changes.distinction(term))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(WORDS)
                .toList();
    }
}
