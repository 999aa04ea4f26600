package io.github.espalier.separator.internal;

import io.github.espalier.separator.DeclaredPath;
import io.github.espalier.separator.Task;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words of a task, with how often each stands there. Names such as {@code LandingQueue} count as their parts. */
final class TaskTerms {
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})");
    private static final int SHORTEST = 3;

    private TaskTerms() {}

    static Map<String, Integer> of(Task task) {
        String paths = task.declared().stream().map(DeclaredPath::path).collect(Collectors.joining(" "));
        Map<String, Integer> terms = new HashMap<>();
        BETWEEN.splitAsStream(task.title() + " " + task.spec() + " " + paths)
                .filter(word -> word.length() >= SHORTEST)
                .forEach(word -> terms.merge(word.toLowerCase(Locale.ROOT), 1, Integer::sum));
        return terms;
    }
}
