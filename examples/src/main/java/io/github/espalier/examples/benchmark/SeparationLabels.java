package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.separator.SeparationException;
import io.github.espalier.separator.internal.predict.Outcome;
import io.github.espalier.separator.internal.predict.PastTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes of a repository's own past the two files by which {@link SeparationBenchmark} tests predictions: its last changes as
 * tasks, and whether pairs of them collide when both begin where the older one did, by merges in memory of the files that both
 * touched. A rename counts as a deletion and a creation unless the file stayed as it was.
 *
 * <pre>{@code
 * java -cp examples/target/espalier.jar io.github.espalier.examples.benchmark.SeparationLabels \
 *     --repo project.git --tasks project.tasks.jsonl --pairs project.pairs.csv
 * }</pre>
 */
public final class SeparationLabels {
    private static final Set<String> FILES = Set.of("repo", "tasks", "pairs");

    private SeparationLabels() {}

    /**
     * Writes both files and prints how many there are. Ends with 2 if it was called wrongly.
     *
     * @param args {@code --repo GITDIR --tasks FILE.jsonl --pairs FILE.csv [--most N]}
     * @throws IOException if a file cannot be written
     */
    public static void main(String... args) throws IOException {
        try {
            Arguments arguments = Arguments.parse(Map.of("most", 1000), FILES, args);
            PastTasks past = PastTasks.read(file(arguments, "repo"), "HEAD", arguments.number("most", 2));
            System.out.println(write(past, file(arguments, "tasks"), file(arguments, "pairs")));
        } catch (IllegalArgumentException | SeparationException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static Path file(Arguments arguments, String name) {
        return Path.of(arguments
                .text(name)
                .orElseThrow(() -> new IllegalArgumentException("--" + name
                        + " is missing; use: --repo GITDIR --tasks FILE.jsonl --pairs FILE.csv [--most N (1000)]")));
    }

    /** Writes; returns how many tasks and pairs there are, as JSON. */
    static ObjectNode write(PastTasks past, Path tasks, Path pairs) throws IOException {
        List<String> lines = new ArrayList<>();
        past.changes().forEach(change -> lines.add(json(change).toString()));
        Files.write(tasks, lines);
        lines.clear();
        lines.add("older,younger,verdict");
        past.pairs().forEach(pair -> lines.add(pair.older() + "," + pair.younger() + "," + verdict(pair.outcome())));
        Files.write(pairs, lines);
        ObjectNode count = JsonNodeFactory.instance
                .objectNode()
                .put("tasks", past.changes().size());
        for (Outcome outcome : Outcome.values()) {
            count.put(
                    verdict(outcome),
                    past.pairs().stream()
                            .filter(pair -> pair.outcome() == outcome)
                            .count());
        }
        return count;
    }

    private static String verdict(Outcome outcome) {
        return outcome == Outcome.UNKNOWN ? "excluded" : outcome.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode json(PastTasks.Change change) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", change.id())
                .put("base", change.base())
                .put("sha", change.commit())
                .put("time", change.time())
                .put("subject", change.lesson().subject());
        ArrayNode touched = json.putArray("touched");
        change.lesson()
                .paths()
                .forEach((path, kind) ->
                        touched.addArray().add(SeparationData.status(kind)).add(path));
        return json;
    }
}
