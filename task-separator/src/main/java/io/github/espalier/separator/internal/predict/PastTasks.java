package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.SeparationException;
import io.github.espalier.separator.internal.Repositories;
import io.github.espalier.separator.internal.history.PastCollisions;
import io.github.espalier.separator.internal.history.ProjectReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * A repository's past as tasks to test predictions with: the changes on its line of first parents, and what pairs of them would
 * have come to, had both been begun where the older one was. Immutable.
 *
 * @param changes the oldest first
 * @param pairs of each change with some of those that came soon after it
 */
public record PastTasks(List<Change> changes, List<Pair> pairs) {
    /** A change that nobody was asked for in words, or by a program. */
    private static final Pattern NO_TASK = Pattern.compile(
            "\\b(bump|revert|merge branch|update dependency|start next|prepare .*release|upgrade .* to v?[0-9]"
                    + "|update .* to v?[0-9]|release:? v?[0-9])|\\[maven-release|chore\\(deps");

    private static final int AHEAD = 11;
    private static final Duration SOON = Duration.ofDays(14);
    /** So many commits are looked at for each change that is wanted. */
    private static final int COMMITS_A_CHANGE = 4;

    /**
     * A change as a task.
     *
     * @param id its place on the line
     * @param base the commit before it
     * @param commit the change
     * @param time when it was committed, in seconds since 1970
     * @param lesson what was to be done and was touched
     */
    public record Change(int id, String base, String commit, long time, Lesson lesson) {}

    /**
     * Two changes.
     *
     * @param older the older one's id
     * @param younger the younger one's
     * @param outcome unknown where the younger one needs something in between
     */
    public record Pair(int older, int younger, Outcome outcome) {}

    public PastTasks {
        changes = List.copyOf(changes);
        pairs = List.copyOf(pairs);
    }

    /**
     * The last changes that a revision reaches; sweeps, releases, updates by robots and merges of branches left out.
     *
     * @param most how many changes at most
     * @throws SeparationException if there is no such repository or commit, or something of it is missing
     */
    public static PastTasks read(Path directory, String revision, int most) {
        return Repositories.read(directory, revision, (repository, tip) -> read(repository, tip, most));
    }

    private static PastTasks read(Repository repository, ObjectId tip, int most) throws IOException {
        List<RevCommit> commits = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        try (ProjectReader reader = new ProjectReader(repository)) {
            List<RevCommit> line = reader.line(tip, COMMITS_A_CHANGE * most);
            for (int i = line.size() - 1; i > 0 && changes.size() < most; i--) {
                Optional<Lesson> lesson = isByRobot(line.get(i)) ? Optional.empty() : Lesson.of(reader, line.get(i));
                if (lesson.filter(PastTasks::isTask).isPresent()) {
                    RevCommit commit = line.get(i);
                    commits.add(commit);
                    changes.add(
                            new Change(i, line.get(i - 1).name(), commit.name(), commit.getCommitTime(), lesson.get()));
                }
            }
        }
        Collections.reverse(commits);
        Collections.reverse(changes);
        return new PastTasks(changes, pairs(repository, commits, changes));
    }

    private static boolean isTask(Lesson lesson) {
        return !NO_TASK.matcher(lesson.subject().toLowerCase(Locale.ROOT)).find();
    }

    private static boolean isByRobot(RevCommit commit) {
        String author = commit.getAuthorIdent().getName() + " "
                + commit.getAuthorIdent().getEmailAddress();
        return author.contains("[bot]") || author.toLowerCase(Locale.ROOT).contains("dependabot");
    }

    private static List<Pair> pairs(Repository repository, List<RevCommit> commits, List<Change> changes)
            throws IOException {
        List<Pair> pairs = new ArrayList<>();
        try (PastCollisions collisions = new PastCollisions(repository)) {
            for (int i = 0; i < changes.size(); i++) {
                Change older = changes.get(i);
                for (int j = i + 1; j <= Math.min(i + AHEAD, changes.size() - 1); j++) {
                    Change younger = changes.get(j);
                    if (younger.time() - older.time() <= SOON.toSeconds()) {
                        Set<String> shared =
                                new TreeSet<>(older.lesson().paths().keySet());
                        shared.retainAll(younger.lesson().paths().keySet());
                        Outcome outcome = shared.isEmpty()
                                ? Outcome.CLEAN
                                : collisions.of(commits.get(i), commits.get(j), shared);
                        pairs.add(new Pair(older.id(), younger.id(), outcome));
                    }
                }
            }
        }
        return pairs;
    }
}
