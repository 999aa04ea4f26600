package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.MergeSession;
import io.github.espalier.worktree.Merger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes merges again with every engine, beside plain {@code git merge-tree}, and tells where they differ and how long they
 * take: real ones, or {@link GeneratedMerges} in a repository of 10,000 files.
 *
 * <pre>{@code
 * git log --all --merges --format='%H %P' > merges.txt
 * java -cp examples/target/espalier.jar io.github.espalier.examples.benchmark.MergeFidelity \
 *     --repo .git --merges merges.txt --sample 500
 * java -cp examples/target/espalier.jar io.github.espalier.examples.benchmark.MergeFidelity
 * }</pre>
 *
 * <p>Trees that merges make are written into the repository, where no ref holds them; give it a clone of its own.
 */
public final class MergeFidelity {
    private static final int WARM_UP = 20;
    private static final int BRANCHES = 8;
    private static final Map<String, String> GENERATED = Map.of("--files", "10000", "--rounds", "9");
    private static final String USAGE = "use: --repo GITDIR --merges FILE [--sample N], or [--files N] [--rounds N]";

    private MergeFidelity() {}

    /**
     * Which merges were made.
     *
     * @param merges how many; each of several rounds counts
     * @param of how many there are
     * @param octopuses how many of more than two commits were skipped
     * @param scores of plain git, then of each engine
     */
    private record Result(int merges, int of, int octopuses, List<EngineScore> scores) {}

    /**
     * Measures, prints JSON, and a table on standard error. Ends with 1 if an engine made a tree that git does not make,
     * with 2 if it was called wrongly.
     *
     * @param args {@code --repo GITDIR --merges FILE [--sample N]}: where the merges are, a file with lines
     *     {@code MERGE PARENT1 PARENT2}, and how many of them to take, spread evenly (default: all); or
     *     {@code [--files N] [--rounds N]}: how many files the made-up repository has (10000), and how often each of its merges
     *     is made (9)
     * @throws IOException if the file cannot be read
     */
    public static void main(String... args) throws IOException {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        boolean real = options.containsKey("--repo") && options.containsKey("--merges");
        Set<String> known = real ? Set.of("--repo", "--merges", "--sample") : GENERATED.keySet();
        if (!known.containsAll(options.keySet()) || args.length % 2 != 0) {
            System.err.println(USAGE);
            System.exit(2);
            return;
        }
        Result result = real ? real(options) : generated(options);
        double medianOfGit = result.scores().get(0).median();
        System.err.println(EngineScore.header());
        result.scores().forEach(score -> System.err.println(score.row(medianOfGit)));
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("merges", result.merges())
                .put("of", result.of())
                .put("octopusMergesSkipped", result.octopuses());
        result.scores().forEach(score -> json.withArray("/engines").add(score.json(medianOfGit)));
        System.out.println(json.toPrettyString());
        System.exit(result.scores().stream().allMatch(EngineScore::sound) ? 0 : 1);
    }

    private static Result real(Map<String, String> options) throws IOException {
        RealMerge.Listing all = RealMerge.parse(Files.readAllLines(Path.of(options.get("--merges"))));
        RealMerge.Listing some =
                options.containsKey("--sample") ? all.sample(Integer.parseInt(options.get("--sample"))) : all;
        GitRepository repository = GitRepository.open(Path.of(options.get("--repo")));
        return new Result(
                some.merges().size(), all.merges().size(), all.octopuses(), measure(repository, some.merges()));
    }

    private static Result generated(Map<String, String> options) {
        Map<String, String> numbers = new HashMap<>(GENERATED);
        numbers.putAll(options);
        return generated(Integer.parseInt(numbers.get("--files")), Integer.parseInt(numbers.get("--rounds")));
    }

    private static Result generated(int files, int rounds) {
        try (ScratchFolder scratch = ScratchFolder.create("espalier-benchmark-")) {
            GeneratedMerges made = GeneratedMerges.create(scratch.path().resolve("project"), files, BRANCHES);
            List<RealMerge> merges = Collections.nCopies(rounds, made.pairs()).stream()
                    .flatMap(List::stream)
                    .toList();
            List<EngineScore> scores = measure(GitRepository.open(made.git().directory()), merges);
            return new Result(merges.size(), merges.size(), 0, scores);
        }
    }

    /** The first score is plain git's. Each merge is done by all before the next, so that a drift of the machine hits all. */
    static List<EngineScore> measure(GitRepository repository, List<RealMerge> merges) {
        PlainMergeTree git = new PlainMergeTree(repository.commonDirectory());
        EngineScore plain = new EngineScore("git merge-tree");
        Map<Merger, EngineScore> engines = new LinkedHashMap<>();
        try (MergeSession session = MergeSession.open(repository)) {
            engines.put(Merger.of(repository), new EngineScore("Merger.of"));
            engines.put(session, new EngineScore("MergeSession"));
            engines.put(Merger.jgit(repository), new EngineScore("Merger.jgit"));
            for (RealMerge merge : merges.subList(0, Math.min(WARM_UP, merges.size()))) {
                PlainMergeTree.Answer expected = git.merge(merge);
                engines.keySet().forEach(engine -> Verdict.of(engine, merge, git, expected));
            }
            for (RealMerge merge : merges) {
                long start = System.nanoTime();
                PlainMergeTree.Answer expected = git.merge(merge);
                plain.add(merge, new Verdict(Verdict.Kind.SAME, ""), System.nanoTime() - start);
                engines.forEach((engine, score) -> compare(engine, score, merge, git, expected));
            }
        }
        List<EngineScore> scores = new ArrayList<>(List.of(plain));
        scores.addAll(engines.values());
        return scores;
    }

    private static void compare(
            Merger engine, EngineScore score, RealMerge merge, PlainMergeTree git, PlainMergeTree.Answer expected) {
        Stopwatch watch = new Stopwatch(engine);
        Verdict verdict = Verdict.of(watch, merge, git, expected);
        score.add(merge, verdict, watch.nanoseconds());
    }
}
