package io.github.espalier.separator.internal.predict;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Files that similar changes touched, and their like: where similar changes touched {@code a/build.gradle} and the text names
 * the folder {@code b}, {@code b/build.gradle}.
 */
final class HistorySignal implements Signal {
    private static final Pattern SPACES = Pattern.compile("[\\s`'\"(),:\\[\\]]+");
    private static final Pattern EDGES = Pattern.compile("^[^\\w]+|[^\\w]+$");
    static final double LEAST_FOLDER = 0.3;
    private static final double LEAST_NAME = 0.02;
    private static final int LARGEST_FOLDER = 400;

    @Override
    public void find(Project project, Query query, Candidates candidates) {
        SimilarChanges similar = new SimilarChanges(project, query);
        similar.score(candidates);
        ProjectFiles files = project.files();
        Map<String, Double> folders = foldersNamed(files, query.text());
        folders.forEach((folder, certainty) -> {
            if (certainty >= LEAST_FOLDER && files.under(folder).size() <= LARGEST_FOLDER) {
                files.under(folder).stream()
                        .filter(file -> similar.shareOfName(ProjectFiles.name(files.path(file))) > LEAST_NAME)
                        .forEach(candidates::of);
            }
        });
        candidates.all().forEach((file, features) -> {
            String path = files.path(file);
            double folder = 0;
            for (String at = ProjectFiles.folder(path); !at.isEmpty(); at = ProjectFiles.folder(at)) {
                folder = Math.max(folder, folders.getOrDefault(at, 0.0));
            }
            features[Feature.FOLDER.index()] = folder;
            features[Feature.ANALOGUE.index()] = folder * similar.shareOfName(ProjectFiles.name(path));
            features[Feature.NEIGHBOUR.index()] = similar.shareOfFolder(ProjectFiles.folder(path));
        });
    }

    /** Folders that the text names, with how sure that is: a name that several folders have says less of each. */
    static Map<String, Double> foldersNamed(ProjectFiles files, String text) {
        Map<String, Double> found = new HashMap<>();
        for (String raw : SPACES.split(text, -1)) {
            String word = EDGES.matcher(raw).replaceAll("");
            if (word.length() >= 4) {
                var same = files.foldersNamed(ProjectFiles.name(word)).stream()
                        .filter(folder ->
                                folder.regionMatches(true, folder.length() - word.length(), word, 0, word.length()))
                        .toList();
                boolean compound = word.contains("-") || word.contains("/") || word.contains("_");
                for (String folder : same) {
                    found.merge(folder, compound ? 1 / Math.sqrt(same.size()) : 0.5 / same.size(), Math::max);
                }
            }
        }
        return found;
    }
}
