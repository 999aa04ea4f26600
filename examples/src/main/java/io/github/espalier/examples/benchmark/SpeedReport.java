package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.PoolOptions;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreePool;
import io.github.espalier.worktree.WorktreeRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a worktree costs: made, leased from a pool, removed, each beside the plain git command in the same round. The agent
 * changes one file in each, and the next base differs from the last one in a hundred files.
 *
 * <pre>{@code
 * java -cp examples/target/espalier.jar io.github.espalier.examples.benchmark.SpeedReport
 * }</pre>
 */
public final class SpeedReport {
    private static final Map<String, Integer> DEFAULTS = Map.of("files", 12_000, "rounds", 7);
    private static final int CHANGED = 100;
    private static final PoolOptions OPTIONS =
            PoolOptions.defaults().withMost(1).withSpares(0);

    private final Measured gitAdd = new Measured("git worktree add");
    private final Measured add = new Measured("WorktreeManager.add");
    private final Measured lease = new Measured("pooled: add at the same base");
    private final Measured leaseElsewhere = new Measured("pooled: add 100 files further");
    private final Measured gitRemove = new Measured("git worktree remove");
    private final Measured remove = new Measured("WorktreeManager.remove");
    private final Measured giveBack = new Measured("pooled: remove");
    private int count;

    private SpeedReport() {}

    /** What one thing took in each round. */
    private record Measured(String name, List<Duration> times) {
        Measured(String name) {
            this(name, new ArrayList<>());
        }

        <T> T of(Work<T> work) {
            long start = System.nanoTime();
            T result = work.done();
            times.add(Duration.ofNanos(System.nanoTime() - start));
            return result;
        }

        String row(Measured yardstick) {
            return String.format(
                    Locale.ROOT,
                    "%-30s %9.1f ms  %6.3f of %s",
                    name,
                    1000 * Figures.medianSeconds(times),
                    Figures.ratio(times, yardstick.times),
                    yardstick.name);
        }

        ObjectNode json(Measured yardstick) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("what", name)
                    .put("medianMilliseconds", Figures.rounded(1000 * Figures.medianSeconds(times)))
                    .put("beside", yardstick.name)
                    .put("ratio", Figures.rounded(Figures.ratio(times, yardstick.times)));
        }
    }

    /** What is measured. */
    @FunctionalInterface
    private interface Work<T> {
        T done();
    }

    /**
     * Measures and prints a table, or JSON.
     *
     * @param args {@code [--files N] [--rounds N] [--json]}; 12000 and 7 by default
     */
    public static void main(String... args) {
        Arguments arguments;
        try {
            arguments = Arguments.parse(DEFAULTS, args);
            arguments.number("files", CHANGED + 1);
            arguments.number("rounds", 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        SpeedReport report = measure(arguments.number("files", 1), arguments.number("rounds", 1));
        System.out.println(arguments.json() ? report.json().toPrettyString() : report.table());
    }

    /** The first round warms up and does not count. */
    static SpeedReport measure(int files, int rounds) {
        SpeedReport report = new SpeedReport();
        try (ScratchFolder scratch = ScratchFolder.create("espalier-benchmark-")) {
            Path project = scratch.path().resolve("project");
            UserGit git = GeneratedProject.create(project, files, 1, number -> changes(files));
            String base = git.run("rev-parse", "main");
            String further = git.run("rev-parse", GeneratedProject.branch(1));
            GitRepository repository = GitRepository.open(project);
            for (int round = 0; round <= rounds; round++) {
                // Closed after each: what is deleted in the background would slow down whoever comes next.
                try (WorktreeManager plain = WorktreeManager.of(repository)) {
                    report.makeAndRemove(git, repository, plain, base);
                }
                try (WorktreeManager pooled = WorktreeManager.pooled(WorktreeManager.of(repository), OPTIONS)) {
                    report.leaseAndGiveBack(repository, pooled, base, further);
                }
                WorktreePool.of(repository).clear();
            }
            report.all().forEach(measured -> measured.times.remove(0));
            return report;
        }
    }

    private static Map<String, String> changes(int files) {
        Map<String, String> changes = new TreeMap<>();
        for (int i = 0; i < CHANGED; i++) {
            int file = i * (files / CHANGED);
            changes.put(GeneratedProject.path(file), GeneratedProject.text(file, 1, "changed"));
        }
        return changes;
    }

    private void makeAndRemove(UserGit git, GitRepository repository, WorktreeManager plain, String base) {
        Path byGit = repository.parent().resolve("by-git-" + count++);
        gitAdd.of(() -> git.run("worktree", "add", "-q", "-b", name(byGit), byGit.toString(), base));
        Worktree made = add.of(() -> plain.add(request(repository, base)));
        gitRemove.of(() -> git.run("worktree", "remove", byGit.toString()));
        remove.of(() -> removed(plain, made));
    }

    private void leaseAndGiveBack(GitRepository repository, WorktreeManager pooled, String base, String further) {
        removed(pooled, pooled.add(request(repository, base)));
        await(repository);
        Worktree same = lease.of(() -> pooled.add(request(repository, base)));
        giveBack.of(() -> removed(pooled, same));
        await(repository);
        Worktree other = leaseElsewhere.of(() -> pooled.add(request(repository, further)));
        removed(pooled, other);
        await(repository);
    }

    private static boolean removed(WorktreeManager manager, Worktree worktree) {
        manager.remove(worktree, Removal.keepingBranch());
        return true;
    }

    private static void await(GitRepository repository) {
        while (WorktreePool.of(repository).waiting().isEmpty()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private WorktreeRequest request(GitRepository repository, String base) {
        Path directory = repository.parent().resolve("ours-" + count++);
        return new WorktreeRequest(directory, name(directory), base);
    }

    private static String name(Path directory) {
        return "task/" + directory.getFileName();
    }

    private List<Measured> all() {
        return List.of(gitAdd, add, lease, leaseElsewhere, gitRemove, remove, giveBack);
    }

    /** The lines that a person reads. */
    String table() {
        return String.join(
                "\n",
                gitAdd.row(gitAdd),
                add.row(gitAdd),
                lease.row(gitAdd),
                leaseElsewhere.row(gitAdd),
                gitRemove.row(gitRemove),
                remove.row(gitRemove),
                giveBack.row(gitRemove));
    }

    /** The same for programs. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        List.of(gitAdd, add, lease, leaseElsewhere)
                .forEach(measured -> json.withArray("/speeds").add(measured.json(gitAdd)));
        List.of(gitRemove, remove, giveBack)
                .forEach(measured -> json.withArray("/speeds").add(measured.json(gitRemove)));
        return json;
    }
}
