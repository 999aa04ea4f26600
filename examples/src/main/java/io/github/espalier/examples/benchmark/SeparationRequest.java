package io.github.espalier.examples.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link SeparationBenchmark} is asked for.
 *
 * @param projects the projects, as they were given
 * @param weights a file of weights; empty: the library's
 * @param leaveOneOut whether each project is tested by weights that are fitted to the others
 */
record SeparationRequest(List<Project> projects, Optional<Path> weights, boolean leaveOneOut) {
    static final String USAGE = "use: (--repo GITDIR --tasks FILE.jsonl --pairs FILE.csv [--rows FILE])…"
            + " [--weights FILE | --leave-one-out]";
    private static final List<String> OF_A_PROJECT = List.of("--repo", "--tasks", "--pairs", "--rows");

    /**
     * One project.
     *
     * @param repository its git directory
     * @param tasks its changes
     * @param pairs what pairs of them came to
     * @param rows where is kept what was seen of it; empty: nowhere
     */
    record Project(Path repository, Path tasks, Path pairs, Optional<Path> rows) {
        String name() {
            return tasks.getFileName().toString().replaceFirst("\\..*$", "");
        }
    }

    /**
     * Reads arguments.
     *
     * @throws IllegalArgumentException with how to call it
     */
    static SeparationRequest parse(String... args) {
        Map<String, List<Path>> given = new HashMap<>();
        Optional<Path> weights = Optional.empty();
        boolean leaveOneOut = false;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--leave-one-out")) {
                leaveOneOut = true;
            } else if (i + 1 < args.length && args[i].equals("--weights")) {
                weights = Optional.of(Path.of(args[++i]));
            } else if (i + 1 < args.length && OF_A_PROJECT.contains(args[i])) {
                given.computeIfAbsent(args[i], any -> new ArrayList<>()).add(Path.of(args[++i]));
            } else {
                throw new IllegalArgumentException(USAGE);
            }
        }
        List<Project> projects = projects(given);
        if (leaveOneOut && (projects.size() < 2 || weights.isPresent())) {
            throw new IllegalArgumentException("--leave-one-out needs two projects or more, and no weights; " + USAGE);
        }
        return new SeparationRequest(projects, weights, leaveOneOut);
    }

    private static List<Project> projects(Map<String, List<Path>> given) {
        List<Path> repositories = given.getOrDefault("--repo", List.of());
        List<Path> tasks = given.getOrDefault("--tasks", List.of());
        List<Path> pairs = given.getOrDefault("--pairs", List.of());
        List<Path> rows = given.getOrDefault("--rows", List.of());
        int count = repositories.size();
        if (count == 0 || tasks.size() != count || pairs.size() != count || rows.size() % count != 0) {
            throw new IllegalArgumentException(USAGE);
        }
        List<Project> projects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Optional<Path> kept = rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(i));
            projects.add(new Project(repositories.get(i), tasks.get(i), pairs.get(i), kept));
        }
        return List.copyOf(projects);
    }
}
