package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.MergeSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a look at running agents costs: commits as {@link io.github.espalier.worktree.WorktreeSnapshots} makes them, each
 * merged with each other by one {@link MergeSession}, beside a process of {@code git merge-tree} for each pair. The commits
 * are {@link GeneratedMerges}.
 *
 * <pre>{@code
 * java -cp examples/target/espalier.jar io.github.espalier.examples.benchmark.LiveProbeReport
 * }</pre>
 */
public final class LiveProbeReport {
    private static final Map<String, Integer> DEFAULTS = Map.of("worktrees", 16, "files", 10_000, "rounds", 3);

    private final Side session = new Side("MergeSession", new ArrayList<>(), new ArrayList<>());
    private final Side plain = new Side("git merge-tree", new ArrayList<>(), new ArrayList<>());
    private final List<RealMerge> pairs;
    private int conflicts;
    private int differences;

    private LiveProbeReport(List<RealMerge> pairs) {
        this.pairs = pairs;
    }

    /** One way of merging all pairs: what a whole look took in each round, and each merge in milliseconds. */
    private record Side(String name, List<Duration> looks, List<Double> merges) {}

    /**
     * Measures and prints a table. Ends with 1 if an outcome is not git's, with 2 if it was called wrongly.
     *
     * @param args {@code [--worktrees N] [--files N] [--rounds N] [--json]}: how many worktrees, files in each, and looks; 16,
     *     10000 and 3 by default
     */
    public static void main(String... args) {
        LiveProbeReport report;
        boolean json;
        try {
            Arguments arguments = Arguments.parse(DEFAULTS, args);
            json = arguments.json();
            report = measure(
                    arguments.number("worktrees", 2), arguments.number("files", 1), arguments.number("rounds", 1));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        System.out.println(json ? report.json().toPrettyString() : report.table());
        System.exit(report.good() ? 0 : 1);
    }

    /** Who goes first changes from round to round, so that a drift of the machine hits both. */
    static LiveProbeReport measure(int worktrees, int files, int rounds) {
        try (ScratchFolder scratch = ScratchFolder.create("espalier-benchmark-")) {
            GeneratedMerges merges = GeneratedMerges.create(scratch.path().resolve("project"), files, worktrees);
            GitRepository repository = GitRepository.open(merges.git().directory());
            LiveProbeReport report = new LiveProbeReport(merges.pairs());
            PlainMergeTree plain = new PlainMergeTree(repository.commonDirectory());
            // From here on all is warm, and the merged trees are there for both sides.
            List<PlainMergeTree.Answer> answers =
                    report.pairs.stream().map(plain::merge).toList();
            report.conflicts =
                    (int) answers.stream().filter(answer -> !answer.clean()).count();
            report.look(repository, plain, answers);
            report.session.looks().clear();
            report.session.merges().clear();
            for (int round = 0; round < rounds; round++) {
                if (round % 2 == 0) {
                    report.look(plain);
                    report.look(repository, plain, answers);
                } else {
                    report.look(repository, plain, answers);
                    report.look(plain);
                }
            }
            return report;
        }
    }

    private void look(PlainMergeTree git) {
        long start = System.nanoTime();
        for (RealMerge pair : pairs) {
            long began = System.nanoTime();
            git.merge(pair);
            plain.merges().add((System.nanoTime() - began) / 1e6);
        }
        plain.looks().add(Duration.ofNanos(System.nanoTime() - start));
    }

    /** The time of a look has in it the start and the end of the session. */
    private void look(GitRepository repository, PlainMergeTree git, List<PlainMergeTree.Answer> answers) {
        long start = System.nanoTime();
        try (MergeSession merger = MergeSession.open(repository)) {
            Stopwatch watch = new Stopwatch(merger);
            for (int i = 0; i < pairs.size(); i++) {
                Verdict verdict = Verdict.of(watch, pairs.get(i), git, answers.get(i));
                differences += verdict.kind() == Verdict.Kind.SAME ? 0 : 1;
                session.merges().add(watch.nanoseconds() / 1e6);
            }
        }
        session.looks().add(Duration.ofNanos(System.nanoTime() - start));
    }

    boolean good() {
        return differences == 0;
    }

    String table() {
        StringBuilder table = new StringBuilder(String.format(
                "%-15s %7s %10s %9s %7s %9s %7s", "by", "merges", "conflicts", "look", "ratio", "merge", "ratio"));
        for (Side side : List.of(session, plain)) {
            table.append(String.format(
                    Locale.ROOT,
                    "%n%-15s %7d %10d %7.2f s %7.3f %6.2f ms %7.3f",
                    side.name(),
                    pairs.size(),
                    conflicts,
                    Figures.medianSeconds(side.looks()),
                    Figures.ratio(side.looks(), plain.looks()),
                    Figures.median(side.merges()),
                    Figures.median(side.merges()) / Figures.median(plain.merges())));
        }
        return good() ? table.toString() : table + System.lineSeparator() + differences + " outcomes are not git's";
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("merges", pairs.size())
                .put("conflicts", conflicts)
                .put("outcomesUnlikeGit", differences);
        for (Side side : List.of(session, plain)) {
            ObjectNode one = json.withArray("/sides").addObject();
            one.put("by", side.name())
                    .put("lookRatio", Figures.rounded(Figures.ratio(side.looks(), plain.looks())))
                    .put("medianMilliseconds", Figures.rounded(Figures.median(side.merges())))
                    .put("mergeRatio", Figures.rounded(Figures.median(side.merges()) / Figures.median(plain.merges())));
            side.looks().forEach(look -> one.withArray("/seconds").add(look.toMillis() / 1000.0));
        }
        return json;
    }
}
