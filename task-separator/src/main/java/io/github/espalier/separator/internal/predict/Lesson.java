package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.DeclaredPath.Kind;
import io.github.espalier.separator.PathChange;
import io.github.espalier.separator.internal.history.ProjectReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * A past change as a task: what was to be done, and what was touched for it.
 *
 * @param subject what was to be done
 * @param paths what was done to which path, as it was named before
 */
public record Lesson(String subject, Map<String, Kind> paths) {
    /** From a commit on the line of first parents; nothing is learned from a sweep, nor from what created files only. */
    public static Optional<Lesson> of(ProjectReader reader, RevCommit commit) throws IOException {
        Map<String, Kind> paths = new LinkedHashMap<>();
        for (PathChange change : reader.changes(commit)) {
            paths.put(change.path(), change.kind());
            change.renamedTo().ifPresent(to -> paths.put(to, Kind.CREATE));
        }
        return paths.isEmpty() || paths.size() > ChangeIndex.SWEEP
                ? Optional.empty()
                : Optional.of(new Lesson(subject(commit.getFullMessage()), paths));
    }

    /** Of a merged pull request the title, which its forge puts behind a line of its own. */
    private static String subject(String message) {
        List<String> lines =
                message.lines().filter(line -> !line.isBlank()).limit(2).toList();
        boolean merge = lines.size() == 2 && lines.get(0).startsWith("Merge ");
        return lines.isEmpty() ? "" : lines.get(merge ? 1 : 0);
    }

    Replay.PastTask asTask(int number) {
        return new Replay.PastTask(number, "", subject, paths);
    }
}
