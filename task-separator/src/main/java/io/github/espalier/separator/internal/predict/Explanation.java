package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.Evidence;
import io.github.espalier.separator.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Says why files are in a footprint: the features again, in words, with what they came from. */
final class Explanation {
    private static final int NEAREST = 5;
    private static final int WORDS = 3;
    private static final double TOGETHER = 0.1;
    private static final int OFTEN = 5;

    private final Project project;
    private final Task task;
    private final Query query;
    private final Candidates candidates;
    private final List<Candidates.Scored> chosen;
    private final Map<Integer, List<String>> similar = new HashMap<>();
    private final Map<Integer, List<String>> contentWords = new HashMap<>();
    private final Map<Integer, Evidence.ChangedTogether> together = new HashMap<>();
    private final List<String> terms;
    private int nearest;

    Explanation(Project project, Task task, Candidates candidates, List<Candidates.Scored> chosen) {
        this.project = project;
        this.task = task;
        this.candidates = candidates;
        this.chosen = chosen;
        query = Query.of(task);
        terms = query.terms().keySet().stream()
                .filter(term -> !project.contents().isCommon(term, 0.2))
                .sorted(Comparator.<String, Double>comparing(
                                term -> -project.contents().idf(term))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        if (!chosen.isEmpty()) {
            findSimilar();
            findWords();
            findTogether();
        }
    }

    private void findSimilar() {
        List<ChangeIndex.Similar> all = project.changes().similar(query.terms(), NEAREST);
        nearest = all.size();
        for (ChangeIndex.Similar change : all) {
            Set<Integer> files = new HashSet<>();
            for (int number : project.changes().touched(change.change())) {
                files.add(project.files().today(number));
            }
            String id = project.changes().change(change.change()).id();
            files.forEach(file ->
                    similar.computeIfAbsent(file, any -> new ArrayList<>()).add(id));
        }
    }

    private void findWords() {
        Set<Integer> files = new HashSet<>();
        chosen.forEach(scored -> files.add(scored.file()));
        for (String term : terms) {
            project.contents().visit(term, (document, weight) -> {
                int file = project.fileOfContent(document);
                if (files.contains(file)) {
                    contentWords.computeIfAbsent(file, any -> new ArrayList<>()).add(term);
                }
            });
        }
    }

    private void findTogether() {
        for (Candidates.Scored seed : chosen.subList(0, Math.min(NEAREST, chosen.size()))) {
            NearSignal.together(project, seed.file()).forEach((file, share) -> {
                Evidence.ChangedTogether before = together.get(file);
                if (share >= TOGETHER && (before == null || before.share() < share)) {
                    together.put(
                            file, new Evidence.ChangedTogether(project.files().path(seed.file()), share));
                }
            });
        }
    }

    /** The strongest kinds first. */
    List<Evidence> of(int file) {
        Map<Class<?>, Evidence> evidence = new LinkedHashMap<>();
        String path = project.files().path(file);
        if (candidates.get(file, Feature.NAMED) > 0) {
            put(evidence, named(path));
        }
        List<String> commits = similar.getOrDefault(file, List.of());
        if (!commits.isEmpty()) {
            put(evidence, new Evidence.SimilarChanges(commits.size(), nearest, commits));
        }
        Map<String, Float> own = ProjectFiles.words(path);
        List<String> inPath =
                terms.stream().filter(own::containsKey).limit(WORDS).toList();
        List<String> inContent = contentWords.getOrDefault(file, List.of());
        if (!inPath.isEmpty()) {
            put(evidence, new Evidence.SharedWords(inPath, true));
        } else if (!inContent.isEmpty()) {
            put(evidence, new Evidence.SharedWords(inContent.subList(0, Math.min(WORDS, inContent.size())), false));
        }
        Evidence.ChangedTogether other = together.get(file);
        if (other != null) {
            put(evidence, other);
        }
        companion(file, evidence);
        if (candidates.get(file, Feature.FOLDER) > 0.3) {
            put(evidence, new Evidence.InNamedFolder(ProjectFiles.folder(path)));
        }
        if (evidence.isEmpty() || project.changes().times(file) >= OFTEN * OFTEN) {
            put(evidence, new Evidence.OftenChanged(project.changes().times(file)));
        }
        return List.copyOf(evidence.values());
    }

    private static void put(Map<Class<?>, Evidence> evidence, Evidence one) {
        evidence.put(one.getClass(), one);
    }

    private void companion(int file, Map<Class<?>, Evidence> evidence) {
        for (Candidates.Scored scored : chosen) {
            if (scored.file() == file) {
                return;
            } else if (NearSignal.companions(project.files(), scored.file()).contains(file)) {
                put(evidence, new Evidence.Companion(project.files().path(scored.file())));
                return;
            }
        }
    }

    private Evidence named(String path) {
        String name = ProjectFiles.name(path).toLowerCase(Locale.ROOT);
        String plain = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        List<String> lines = task.spec().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!plain.isEmpty() && lines.get(i).toLowerCase(Locale.ROOT).contains(plain)) {
                return new Evidence.NamedInSpec(ProjectFiles.name(path), i + 1);
            }
        }
        return new Evidence.NamedInSpec(ProjectFiles.name(path), 1);
    }
}
