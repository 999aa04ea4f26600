package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.MergeSession;
import io.github.espalier.worktree.WorktreeSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a look at running agents costs: worktrees with uncommitted changes, a {@link WorktreeSnapshots snapshot} of each, and
 * each merged with each other by one {@link MergeSession}, beside a process of {@code git merge-tree} for each pair. Each
 * worktree has edits in files of its own and in one that all edit; every second one conflicts with the next.
 *
 * <p>Then whole looks as a run has them: an agent has edited one more file in each worktree, and all snapshots are taken and
 * all pairs merged again, by the session that stays.
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
    private final Looks looks;
    private int conflicts;
    private int differences;

    private LiveProbeReport(List<RealMerge> pairs, Looks looks) {
        this.pairs = pairs;
        this.looks = looks;
    }

    /**
     * What whole looks took.
     *
     * @param first all snapshots of the first one
     * @param snapshots all snapshots of each later one
     * @param status a {@code git status} in each worktree instead
     * @param whole snapshots and merges of each later one
     */
    private record Looks(List<Duration> first, List<Duration> snapshots, List<Duration> status, List<Duration> whole) {
        Looks(List<Duration> first) {
            this(first, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        /** What came while processes were started and files were not in memory yet. */
        void forgetFirst() {
            List.of(snapshots, status, whole).forEach(times -> times.remove(0));
        }
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
        try (ScratchFolder scratch = ScratchFolder.create("espalier-benchmark-");
                EditedWorktrees edited = EditedWorktrees.make(
                        scratch.path().resolve("project"), worktrees, files, GeneratedMerges::edits)) {
            GitRepository repository = edited.repository();
            List<Duration> first = new ArrayList<>();
            List<String> commits = timed(first, edited::snapshots);
            LiveProbeReport report = new LiveProbeReport(pairs(commits), new Looks(first));
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
            report.lookAgain(edited, rounds);
            return report;
        }
    }

    private void lookAgain(EditedWorktrees edited, int rounds) {
        try (MergeSession merger = MergeSession.open(edited.repository())) {
            for (int round = 0; round <= rounds; round++) {
                edited.editOneFileEach(round);
                long start = System.nanoTime();
                List<String> commits = timed(looks.snapshots(), edited::snapshots);
                for (RealMerge pair : pairs(commits)) {
                    merger.merge(new MergeRequest(pair.ours(), pair.theirs()));
                }
                looks.whole().add(Duration.ofNanos(System.nanoTime() - start));
                timed(looks.status(), edited::status);
            }
        }
        looks.forgetFirst();
    }

    private static <T> T timed(List<Duration> times, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        times.add(Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    private static List<RealMerge> pairs(List<String> commits) {
        List<RealMerge> pairs = new ArrayList<>();
        for (int one = 0; one < commits.size(); one++) {
            for (int other = one + 1; other < commits.size(); other++) {
                pairs.add(new RealMerge("", commits.get(one), commits.get(other)));
            }
        }
        return pairs;
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

    private double snapshotsByStatus() {
        return Figures.ratio(looks.snapshots(), looks.status());
    }

    private double wholeByPlain() {
        return Figures.medianSeconds(looks.whole()) / Figures.medianSeconds(plain.looks());
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
        table.append(String.format(
                Locale.ROOT,
                "%nsnapshots: %.2f s the first time; %.2f s after one more edit in each, %.3f of git status in each"
                        + "%na whole look then, snapshots and merges: %.2f s, %.3f of what git merge-tree takes for the merges",
                Figures.medianSeconds(looks.first()),
                Figures.medianSeconds(looks.snapshots()),
                snapshotsByStatus(),
                Figures.medianSeconds(looks.whole()),
                wholeByPlain()));
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
            seconds(one, "seconds", side.looks());
        }
        ObjectNode whole = json.putObject("looks")
                .put("snapshotsByStatus", Figures.rounded(snapshotsByStatus()))
                .put("lookRatio", Figures.rounded(wholeByPlain()));
        seconds(whole, "firstSnapshotsSeconds", looks.first());
        seconds(whole, "snapshotsSeconds", looks.snapshots());
        seconds(whole, "statusSeconds", looks.status());
        seconds(whole, "seconds", looks.whole());
        return json;
    }

    private static void seconds(ObjectNode json, String name, List<Duration> times) {
        times.forEach(time -> json.withArray("/" + name).add(time.toMillis() / 1000.0));
    }
}
