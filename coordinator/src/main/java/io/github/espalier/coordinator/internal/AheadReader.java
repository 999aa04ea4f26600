package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.internal.LiveView.Ahead;
import io.github.espalier.coordinator.internal.LiveView.Pair;
import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.ConflictDetail;
import io.github.espalier.worktree.ConflictReader;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.WorktreeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the lines of all conflicts that one look at running agents found. They are read together, so that a look costs two
 * processes and what a {@link ConflictReader} reads at most, however many pairs there are.
 */
final class AheadReader {
    private static final Logger log = LoggerFactory.getLogger(LiveView.class);

    private final ConflictReader reader;

    AheadReader(GitRepository repository) {
        reader = ConflictReader.of(repository);
    }

    Map<Pair, Ahead> read(Map<Pair, List<Conflict>> found) {
        Map<Pair, List<ConflictDetail>> details = new HashMap<>();
        try {
            List<Asked> asked = byTurns(found);
            List<ConflictDetail> read = asked.isEmpty()
                    ? List.of()
                    : reader.lines(asked.stream().map(Asked::conflict).toList());
            for (int i = 0; i < read.size(); i++) {
                details.computeIfAbsent(asked.get(i).pair(), any -> new ArrayList<>())
                        .add(read.get(i));
            }
        } catch (WorktreeException e) { // no ref holds what is read here
            log.atDebug().setCause(e).log("Could not read conflicts");
        }
        Map<Pair, Ahead> ahead = new HashMap<>();
        found.forEach((pair, conflicts) ->
                ahead.put(pair, new Ahead(conflicts, details.getOrDefault(pair, List.of()))));
        return ahead;
    }

    private record Asked(Pair pair, Conflict conflict) {}

    /** The reader stops somewhere: each pair has its first conflict read before any has its second. */
    private static List<Asked> byTurns(Map<Pair, List<Conflict>> found) {
        int most = found.values().stream().mapToInt(List::size).max().orElse(0);
        List<Asked> asked = new ArrayList<>();
        for (int turn = 0; turn < most; turn++) {
            for (Map.Entry<Pair, List<Conflict>> entry : found.entrySet()) {
                if (turn < entry.getValue().size()) {
                    asked.add(new Asked(entry.getKey(), entry.getValue().get(turn)));
                }
            }
        }
        return asked;
    }
}
