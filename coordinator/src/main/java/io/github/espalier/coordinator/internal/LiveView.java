package io.github.espalier.coordinator.internal;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.ConflictDetail;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.MergeSession;
import io.github.espalier.worktree.Merger;
import io.github.espalier.worktree.Snapshot;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeException;
import io.github.espalier.worktree.WorktreeSnapshots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what running agents have in their worktrees, committed or not, and whether any two of them would go together.
 * Only what changed since the last look is merged again. Nothing of a worktree is touched. Confined to one thread at a time.
 */
final class LiveView implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LiveView.class);

    private final RunContext context;
    private final WorktreeSnapshots snapshots;
    /** Closed with the view; empty: the host brought a merger. */
    private final Optional<MergeSession> session;

    private final Merger merger;
    private final AheadReader reader;
    private final Map<String, Snapshot> last = new HashMap<>();
    private final Map<String, Worktree> watched = new HashMap<>();
    private final Map<Pair, List<Conflict>> ahead = new HashMap<>();
    private final Map<String, Set<String>> told = new HashMap<>();
    /** Pairs that could not be merged, of which nothing is said until they can. */
    private final Set<Pair> unclear = new HashSet<>();

    LiveView(RunContext context, TrustedConfiguration trusted) {
        this.context = context;
        GitRepository repository = context.repository();
        snapshots = WorktreeSnapshots.of(repository, trusted);
        Optional<Merger> hosts = context.configuration().parts().merger();
        // Not the run's own session: a hundred probes would keep a landing waiting.
        session = hosts.isPresent() ? Optional.empty() : Optional.of(MergeSession.open(repository));
        merger = hosts.or(() -> session).orElseThrow();
        reader = new AheadReader(repository);
    }

    /** Two tasks; the first one's agent started first. */
    record Pair(String first, String second) {
        boolean holds(String task) {
            return first.equals(task) || second.equals(task);
        }
    }

    /**
     * How two tasks are in each other's way.
     *
     * @param conflicts the paths; none: they are not
     * @param details the lines of each; empty: they could not be read
     */
    record Ahead(List<Conflict> conflicts, List<ConflictDetail> details) {}

    /**
     * What a look found that the look before it had not.
     *
     * @param conflicts pairs that do not go together (any more), or in other paths than before
     * @param touched task → paths that it has changed
     */
    record Seen(Map<Pair, Ahead> conflicts, Map<String, Set<String>> touched) {}

    /**
     * Looks once.
     *
     * @param running the tasks whose agents run, those that started first in front
     */
    Seen look(Map<String, Worktree> running) {
        forget(running);
        Set<String> changed = new HashSet<>();
        Map<String, Set<String>> touched = new HashMap<>();
        running.forEach((task, worktree) -> {
            watched.put(task, worktree);
            try {
                Snapshot now = snapshots.take(worktree);
                Snapshot before = last.put(task, now);
                if (before == null
                        || !before.tree().equals(now.tree())
                        || !before.head().equals(now.head())) {
                    changed.add(task);
                    Set<String> paths = context.refs().changedPaths(worktree.base(), now.commit());
                    Set<String> fresh = new HashSet<>(paths);
                    fresh.removeAll(told.computeIfAbsent(task, any -> new HashSet<>()));
                    told.put(task, paths);
                    if (!fresh.isEmpty()) {
                        touched.put(task, fresh);
                    }
                }
            } catch (WorktreeException e) { // an agent may be moving things about
                log.atDebug().addKeyValue("task", task).setCause(e).log("Could not look into a worktree");
            }
        });
        return new Seen(reader.read(probe(List.copyOf(running.keySet()), changed)), touched);
    }

    private void forget(Map<String, Worktree> running) {
        for (Map.Entry<String, Worktree> entry : Map.copyOf(watched).entrySet()) {
            String task = entry.getKey();
            if (!entry.getValue().equals(running.get(task))) {
                snapshots.forget(entry.getValue());
                watched.remove(task);
                last.remove(task);
                told.remove(task);
                ahead.keySet().removeIf(pair -> pair.holds(task));
                unclear.removeIf(pair -> pair.holds(task));
            }
        }
    }

    private Map<Pair, List<Conflict>> probe(List<String> running, Set<String> changed) {
        Map<Pair, List<Conflict>> fresh = new HashMap<>();
        for (Pair pair : pairs(running)) {
            Snapshot first = last.get(pair.first());
            Snapshot second = last.get(pair.second());
            boolean known =
                    !changed.contains(pair.first()) && !changed.contains(pair.second()) && !unclear.contains(pair);
            if (known || first == null || second == null) {
                continue;
            }
            Optional<List<Conflict>> found = conflicts(first, second);
            if (found.isEmpty()) {
                unclear.add(pair);
                continue;
            }
            unclear.remove(pair);
            List<Conflict> conflicts = found.get();
            List<Conflict> before = ahead.getOrDefault(pair, List.of());
            ahead.put(pair, conflicts);
            if (!paths(conflicts).equals(paths(before))) {
                fresh.put(pair, conflicts);
            }
        }
        return fresh;
    }

    private static List<Pair> pairs(List<String> running) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < running.size(); i++) {
            for (int j = i + 1; j < running.size(); j++) {
                pairs.add(new Pair(running.get(i), running.get(j)));
            }
        }
        return pairs;
    }

    private static List<String> paths(List<Conflict> conflicts) {
        return conflicts.stream().map(Conflict::path).distinct().sorted().toList();
    }

    private Optional<List<Conflict>> conflicts(Snapshot first, Snapshot second) {
        try {
            MergeOutcome outcome = merger.merge(new MergeRequest(first.commit(), second.commit()));
            return Optional.of(
                    outcome instanceof MergeOutcome.Conflicted conflicted ? conflicted.conflicts() : List.of());
        } catch (RuntimeException
                | Error e) { // a garbage collection may take what no ref holds; the host's code may throw
            log.atDebug().setCause(e).log("Could not probe");
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        session.ifPresent(MergeSession::close);
        snapshots.close();
    }
}
