package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.GitCommandException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The commits of one side of a merge, from its bases on. What cannot be found, or not in time, is left out, and {@link
 * #isIncomplete} tells so. Not thread-safe.
 */
final class SideHistory {
    private static final int MOST_COMMITS = 100;
    private static final Pattern BLAMED = Pattern.compile("([0-9a-f]{40}|[0-9a-f]{64}) \\d+ (\\d+).*");

    private final Function<List<String>, GitCommand> git;
    private final List<String> bases;
    private final String side;
    private final Deadline deadline;
    private boolean incomplete;

    SideHistory(ObjectRoom room, List<String> bases, String side, Deadline deadline) {
        this(room::git, bases, side, deadline);
    }

    private SideHistory(Function<List<String>, GitCommand> git, List<String> bases, String side, Deadline deadline) {
        this.git = git;
        this.bases = bases;
        this.side = side;
        this.deadline = deadline;
    }

    /** One that nobody looks into: a side that is its own base has no commits. */
    static SideHistory unknown() {
        return new SideHistory(
                arguments -> {
                    throw new IllegalStateException("asked for " + arguments);
                },
                List.of(""),
                "",
                Deadline.in(Duration.ZERO));
    }

    /** The side's id; empty: it is not known. */
    String side() {
        return side;
    }

    boolean isIncomplete() {
        return incomplete;
    }

    /**
     * The commits that touched any of these paths, newest first.
     *
     * @param blob what the side has there, by which a path is found that git has renamed in a merge; empty: nothing
     */
    List<String> touching(Collection<String> paths, Optional<String> blob) {
        if (bases.contains(side)) {
            return List.of();
        }
        List<String> commits = touching(paths);
        return commits.isEmpty() && blob.isPresent()
                ? pathOf(blob.get()).map(path -> touching(List.of(path))).orElse(commits)
                : commits;
    }

    private List<String> touching(Collection<String> paths) {
        List<String> arguments = new ArrayList<>(List.of("rev-list", "--max-count=" + (MOST_COMMITS + 1)));
        arguments.addAll(revisions());
        arguments.add("--");
        arguments.addAll(paths);
        List<String> commits = run(arguments).orElse("").lines().toList();
        incomplete |= commits.size() > MOST_COMMITS;
        return commits.size() > MOST_COMMITS ? commits.subList(0, MOST_COMMITS) : commits;
    }

    /**
     * The commits that lines of a file come from, by the lines' numbers from 1; lines that the base has are left out.
     *
     * @param blob the file's content, by which it is found where git has renamed it in a merge
     * @param ranges what {@code -L} takes
     */
    Map<Integer, String> ofLines(String path, String blob, Collection<String> ranges) {
        if (bases.contains(side) || ranges.isEmpty()) {
            return Map.of();
        }
        boolean before = incomplete;
        Optional<String> blame = blame(path, ranges);
        if (blame.isEmpty()) {
            Optional<String> other = pathOf(blob).filter(found -> !found.equals(path));
            if (other.isPresent()) {
                incomplete = before;
                blame = blame(other.get(), ranges);
            }
        }
        return commits(blame.orElse(""));
    }

    private Optional<String> blame(String path, Collection<String> ranges) {
        List<String> arguments = new ArrayList<>(List.of("blame", "--porcelain", "--root"));
        ranges.forEach(range -> arguments.add("-L" + range));
        arguments.addAll(revisions());
        arguments.addAll(List.of("--", path));
        return run(arguments);
    }

    private static Map<Integer, String> commits(String blame) {
        Map<Integer, String> commits = new TreeMap<>();
        Set<String> old = new HashSet<>();
        String commit = "";
        for (String line : blame.split("\n", -1)) {
            Matcher matcher = BLAMED.matcher(line);
            if (matcher.matches()) {
                commit = matcher.group(1);
                commits.put(Integer.valueOf(matcher.group(2)), commit);
            } else if (line.equals("boundary")) {
                old.add(commit);
            }
        }
        commits.values().removeAll(old);
        return commits;
    }

    private Optional<String> pathOf(String blob) {
        return Stream.of(run(List.of("ls-tree", "-r", "-z", side)).orElse("").split("\0", -1))
                .filter(entry -> entry.contains(" " + blob + "\t"))
                .map(entry -> entry.substring(entry.indexOf('\t') + 1))
                .findFirst();
    }

    private List<String> revisions() {
        List<String> revisions = new ArrayList<>();
        bases.forEach(base -> revisions.add("^" + base));
        revisions.add(side);
        return revisions;
    }

    private Optional<String> run(List<String> arguments) {
        Duration left = deadline.left();
        if (left.isZero()) {
            incomplete = true;
            return Optional.empty();
        }
        try {
            return Optional.of(git.apply(arguments).timeLimit(left).run().text());
        } catch (GitCommandException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            incomplete = true;
            return Optional.empty();
        }
    }
}
