package io.github.espalier.separator.internal.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Files whose path, name or class stands in the text. */
final class NameSignal implements Signal {
    private static final Pattern SPACES = Pattern.compile("[\\s`'\",()\\[\\]<>|]+");
    private static final Pattern EDGES = Pattern.compile("^[^\\w/.]+|[^\\w/]+$");
    private static final Pattern CAMEL = Pattern.compile(".*[a-z0-9][A-Z].*");
    private static final Pattern MEMBER = Pattern.compile("[#:$].*$|(?<=[A-Z]\\w{1,80})\\.[a-z]\\w*$");
    private static final List<String> EXTENSIONS = List.of(
            ".java", ".kt", ".scala", ".groovy", ".py", ".ts", ".tsx", ".js", ".go", ".rs", ".rb", ".cs", ".cpp", ".cc",
            ".c", ".h", ".hpp", ".swift", ".php");

    @Override
    public void find(Project project, Query query, Candidates candidates) {
        for (String raw : SPACES.split(query.text(), -1)) {
            String word = EDGES.matcher(raw).replaceAll("");
            if (word.length() >= 3) {
                find(project.files(), word, candidates);
            }
        }
    }

    private static void find(ProjectFiles files, String word, Candidates candidates) {
        int exact = files.find(word);
        if (exact != ProjectFiles.NONE) {
            candidates.raise(exact, Feature.NAMED, 1);
            return;
        }
        boolean name = CAMEL.matcher(word).matches() || word.contains(".") || word.contains("_");
        if (!name && word.length() < 6) {
            return;
        }
        List<Integer> found = new ArrayList<>(matching(files, word, word));
        String owner = MEMBER.matcher(word).replaceFirst("");
        String simple = owner.substring(owner.lastIndexOf('.') + 1);
        for (String extension : found.isEmpty() && !simple.isEmpty() ? EXTENSIONS : List.<String>of()) {
            found.addAll(files.named(simple + extension));
        }
        for (int file : found) {
            candidates.raise(file, Feature.NAMED, (name ? 1.0 : 0.5) / found.size());
        }
    }

    /** Files of that name whose path ends as the word does. */
    private static List<Integer> matching(ProjectFiles files, String word, String end) {
        Set<Integer> named = word.contains(".") ? files.named(ProjectFiles.name(word)) : Set.of();
        return named.stream()
                .filter(file -> files.path(file).length() >= end.length()
                        && files.path(file)
                                .regionMatches(true, files.path(file).length() - end.length(), end, 0, end.length()))
                .toList();
    }
}
