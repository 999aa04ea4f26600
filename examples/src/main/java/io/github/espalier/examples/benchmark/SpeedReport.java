package io.github.espalier.examples.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.espalier.examples.support.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Espalier itself costs, beside the plain git commands in the same rounds: worktrees made, leased from a pool and removed;
 * the way from an agent's exit to the next agent at work; runs beside their lower bound; an idle run; and how all that grows.
 *
 * <pre>{@code
 * java -cp examples/target/espalier.jar io.github.espalier.examples.benchmark.SpeedReport
 * java -cp examples/target/espalier.jar io.github.espalier.examples.benchmark.SpeedReport --part landing --repo GITDIR
 * }</pre>
 */
public final class SpeedReport {
    private static final Map<String, Integer> DEFAULTS = Map.of("files", 12_000, "most-files", 100_000, "rounds", 7);
    private static final Set<String> TEXTS = Set.of("part", "repo");
    private static final Duration IDLE = Duration.ofSeconds(40);
    private static final List<Integer> FILES = List.of(1_000, 10_000, 100_000);
    private static final List<Integer> WORKTREES = List.of(10, 100, 500);
    private static final List<Integer> BRANCHES = List.of(10, 1_000, 10_000);
    private static final List<Integer> TASKS = List.of(64, 250, 1_000);
    private static final int FEW_ROUNDS = 3;
    /** Parts that measure several sizes of a repository. */
    private static final Set<Part> SIZED = EnumSet.of(Part.FILES, Part.CREATION);

    private final List<SpeedLine> lines;

    private SpeedReport(List<SpeedLine> lines) {
        this.lines = List.copyOf(lines);
    }

    /** What is measured. The last three take long, and are measured only where they are asked for. */
    enum Part {
        WORKTREES,
        LANDING,
        RUNS,
        IDLE,
        GROWTH,
        FILES,
        CREATION;

        /** The part of a name; without one all but the last three. */
        static List<Part> of(Optional<String> name) {
            return name.map(text -> Stream.of(values())
                            .filter(part -> part.name().equalsIgnoreCase(text))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException("--part " + text + ": give one of "
                                    + Stream.of(values())
                                            .map(part -> part.name().toLowerCase(Locale.ROOT))
                                            .collect(Collectors.joining(", ")))))
                    .map(List::of)
                    .orElse(List.of(WORKTREES, LANDING, RUNS, IDLE));
        }
    }

    /**
     * Measures and prints a table, or JSON. Ends with 2 if it was called wrongly.
     *
     * @param args {@code [--files N] [--rounds N] [--repo GITDIR] [--part NAME] [--most-files N] [--json]}: how many files
     *     a generated repository has, how often each is measured, a repository to measure on a copy of instead, one part
     *     alone, how many files the largest has where several are measured; 12000, 7 and 100000 by default
     * @throws IOException if a file cannot be read or written
     * @throws InterruptedException if interrupted
     */
    public static void main(String... args) throws IOException, InterruptedException {
        Arguments arguments;
        List<Part> parts;
        try {
            arguments = Arguments.parse(DEFAULTS, TEXTS, args);
            arguments.number("files", SpeedProject.FEWEST);
            arguments.number("most-files", FILES.get(0));
            arguments.number("rounds", 1);
            parts = Part.of(arguments.text("part"));
            requireRepository(arguments.text("repo"), parts);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        List<SpeedLine> lines = new ArrayList<>();
        for (Part part : parts) {
            System.err.println("measuring: " + part.name().toLowerCase(Locale.ROOT));
            lines.addAll(measure(
                    part,
                    arguments.text("repo"),
                    arguments.number(SIZED.contains(part) ? "most-files" : "files", SpeedProject.FEWEST),
                    arguments.number("rounds", 1)));
        }
        SpeedReport report = new SpeedReport(lines);
        System.out.println(arguments.json() ? report.json().toPrettyString() : report.table());
    }

    private static void requireRepository(Optional<String> repository, List<Part> parts) {
        if (repository.isPresent() && !parts.contains(Part.WORKTREES) && !parts.contains(Part.LANDING)) {
            throw new IllegalArgumentException("--repo is for the parts worktrees and landing; leave it out");
        }
        repository.map(Path::of).filter(path -> !Files.isDirectory(path)).ifPresent(path -> {
            throw new IllegalArgumentException("--repo " + path + ": is no folder; give a repository");
        });
    }

    /**
     * Measures one part.
     *
     * @param files how many a generated repository has, or the largest of several
     */
    static List<SpeedLine> measure(Part part, Optional<String> repository, int files, int rounds)
            throws IOException, InterruptedException {
        return switch (part) {
            case WORKTREES, LANDING -> onAProject(part, repository, files, rounds);
            case RUNS -> MakespanSpeed.measure(rounds);
            case IDLE -> IdleCost.measure(IDLE);
            case CREATION -> CreationSpeed.measure(upTo(files), Math.min(rounds, FEW_ROUNDS));
            case FILES -> Growth.files(upTo(files), Math.min(rounds, FEW_ROUNDS));
            case GROWTH -> {
                List<SpeedLine> lines = new ArrayList<>(Growth.worktrees(WORKTREES, rounds));
                lines.addAll(Growth.branches(BRANCHES, rounds));
                lines.addAll(Growth.tasks(TASKS));
                yield lines;
            }
        };
    }

    private static List<Integer> upTo(int files) {
        return FILES.stream().filter(size -> size <= files).toList();
    }

    private static List<SpeedLine> onAProject(Part part, Optional<String> repository, int files, int rounds)
            throws IOException {
        try (ScratchFolder scratch = ScratchFolder.create("espalier-benchmark-")) {
            Path directory = scratch.path().resolve("project");
            SpeedProject project = repository.isPresent()
                    ? SpeedProject.copied(
                            directory,
                            Path.of(repository.get()).toAbsolutePath().toString())
                    : SpeedProject.generated(directory, files);
            return part == Part.WORKTREES
                    ? WorktreeSpeed.measure(project, rounds)
                    : LandingSpeed.measure(project, scratch.path().resolve("notes"), rounds);
        }
    }

    /** The lines that a person reads. */
    String table() {
        return lines.stream().map(SpeedLine::row).collect(Collectors.joining("\n"));
    }

    /** The same for programs. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        lines.forEach(line -> json.withArray("/speeds").add(line.json()));
        return json;
    }

    static SpeedReport of(List<SpeedLine> lines) {
        return new SpeedReport(lines);
    }
}
