package io.github.espalier.examples.benchmark;

import io.github.espalier.coordinator.Coordinator;
import io.github.espalier.coordinator.InstanceLauncher;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.RunReport;
import io.github.espalier.examples.support.SampleProject;
import io.github.espalier.examples.support.ScratchFolder;
import io.github.espalier.examples.support.UserGit;
import io.github.espalier.resources.ResourceMonitor;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeManager;
import io.github.espalier.worktree.WorktreeRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** How costs grow with what there is: files, worktrees, branches, queued tasks. */
final class Growth {
    private static final int FEW_FILES = 200;
    private static final int AGENTS = 64;
    private static final String AGENT = "sleep 1 && n=$((${1#t} % " + FEW_FILES + "))"
            + " && set -- \"$1\" src/*/f$n.txt && echo \"by $1\" > \"$2\"";

    private Growth() {}

    /** The worktrees' figures at several sizes of a repository. */
    static List<SpeedLine> files(List<Integer> sizes, int rounds) {
        List<SpeedLine> lines = new ArrayList<>();
        for (int files : sizes) {
            try (ScratchFolder scratch = ScratchFolder.create("espalier-benchmark-")) {
                SpeedProject project = SpeedProject.generated(scratch.path().resolve("project"), files);
                WorktreeSpeed.measure(project, rounds).forEach(line -> lines.add(line.named(files + " files: ")));
            }
        }
        return lines;
    }

    /** Making and removing one worktree more where there are some. */
    static List<SpeedLine> worktrees(List<Integer> counts, int rounds) {
        return beside("worktrees", counts, rounds, (git, base, count) -> {
            for (int i = 0; i < count; i++) {
                String directory = git.directory().resolveSibling("there-" + i).toString();
                git.run("worktree", "add", "-q", "--no-checkout", "--detach", directory, base);
            }
        });
    }

    /** Making and removing one worktree where there are some branches. */
    static List<SpeedLine> branches(List<Integer> counts, int rounds) {
        return beside("branches", counts, rounds, (git, base, count) -> {
            StringBuilder commands = new StringBuilder();
            IntStream.range(0, count)
                    .forEach(i -> commands.append("create refs/heads/there/branch-" + i + " " + base + "\n"));
            git.feed(commands.toString(), "update-ref", "--stdin");
            git.run("pack-refs", "--all");
        });
    }

    /** Fills a repository. */
    private interface Filling {
        void fill(UserGit git, String base, int count);
    }

    private static List<SpeedLine> beside(String what, List<Integer> counts, int rounds, Filling filling) {
        List<SpeedLine> lines = new ArrayList<>();
        List<Duration> least = List.of();
        for (int count : counts) {
            try (ScratchFolder scratch = ScratchFolder.create("espalier-benchmark-")) {
                SpeedProject project = SpeedProject.generated(scratch.path().resolve("project"), FEW_FILES);
                filling.fill(project.git(), project.base(), count);
                List<Duration> times = addAndRemove(project, rounds);
                least = least.isEmpty() ? times : least;
                lines.add(SpeedLine.of(
                        count + " " + what + ": add and remove", times, counts.get(0) + " " + what, least));
            }
        }
        return lines;
    }

    private static List<Duration> addAndRemove(SpeedProject project, int rounds) {
        List<Duration> times = new ArrayList<>();
        GitRepository repository = GitRepository.open(project.git().directory());
        for (int round = 0; round <= rounds; round++) {
            try (WorktreeManager manager = WorktreeManager.of(repository)) {
                long start = System.nanoTime();
                Worktree made = manager.add(new WorktreeRequest(
                        repository.parent().resolve("one-more"), "task/one-more-" + round, project.base()));
                manager.remove(made, Removal.keepingBranch());
                times.add(Duration.ofNanos(System.nanoTime() - start));
            }
        }
        times.remove(0);
        return times;
    }

    /**
     * Runs of many tasks of one second by 64 agents, which rewrite the project's files in turn, so that it does not grow:
     * what a task costs, and how long the last ones wait to land after their agents' ends, against the first ones.
     */
    static List<SpeedLine> tasks(List<Integer> counts) {
        List<SpeedLine> lines = new ArrayList<>();
        double least = 0;
        for (int count : counts) {
            try (ScratchFolder scratch = ScratchFolder.create("espalier-benchmark-")) {
                UserGit git = SpeedProject.generated(scratch.path().resolve("project"), FEW_FILES)
                        .git();
                git.run("branch", SampleProject.TARGET);
                Map<String, Instant> ends = new ConcurrentHashMap<>();
                List<Double> waits = new ArrayList<>();
                Coordinator coordinator = Coordinator.builder()
                        .repository(git.directory())
                        .target(SampleProject.TARGET)
                        .launcher(InstanceLauncher.command("sh", "-c", AGENT, "agent", "{task}"))
                        .ceiling(AGENTS)
                        .maxInstances(AGENTS)
                        .resources(ResourceMonitor.unlimited())
                        .listener(event -> {
                            if (event instanceof RunEvent.InstanceEnded ended) {
                                ends.put(ended.task(), ended.at());
                            } else if (event instanceof RunEvent.TaskFinished finished) {
                                Instant end = Objects.requireNonNull(ends.get(finished.task()));
                                waits.add(Duration.between(end, finished.at()).toMillis() / 1000.0);
                            }
                        })
                        .build();
                long start = System.nanoTime();
                RunReport report = coordinator.run(tasks(count));
                double each = (System.nanoTime() - start) / 1e6 / count;
                if (!report.success()) {
                    throw new IllegalStateException("not all landed");
                }
                least = least == 0 ? each : least;
                int tenth = Math.max(1, count / 10);
                double first = Figures.median(waits.subList(0, tenth));
                double last = Figures.median(waits.subList(waits.size() - tenth, waits.size()));
                lines.add(SpeedLine.of(count + " tasks, K = " + AGENTS + ": each", each, "ms")
                        .beside("that with " + counts.get(0), each / least));
                lines.add(SpeedLine.of(count + " tasks: end to landed, the last tenth", last, "s")
                        .beside("the first tenth", last / Math.max(0.001, first)));
            }
        }
        return lines;
    }

    private static List<Task> tasks(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Task.builder("t" + i)
                        .declare(GeneratedProject.path(i % FEW_FILES))
                        .effort(Duration.ofSeconds(1))
                        .build())
                .toList();
    }
}
