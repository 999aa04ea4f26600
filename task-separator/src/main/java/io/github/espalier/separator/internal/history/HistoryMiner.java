package io.github.espalier.separator.internal.history;

import io.github.espalier.separator.DeclaredPath.Kind;
import io.github.espalier.separator.PastChange;
import io.github.espalier.separator.PathChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.jspecify.annotations.Nullable;

/** Reads commits that are no merges, as {@code git log --name-status} lists them. */
final class HistoryMiner {
    private static final int LONGEST_MESSAGE = 1_000;
    private static final int PORTION = 250;

    private HistoryMiner() {}

    /**
     * The commits that one commit reaches and another does not, the oldest first.
     *
     * @param known what was read already, by commit
     */
    static List<PastChange> read(
            Repository repository, ObjectId tip, @Nullable ObjectId without, int most, Map<String, PastChange> known)
            throws IOException {
        List<Entry> entries = entries(repository, tip, without, most, known);
        Collections.reverse(entries);
        PastChange[] changes = new PastChange[entries.size()];
        // Neighbours stay together: the tree before a change is, mostly, the one after the change before it.
        IntStream.range(0, (entries.size() + PORTION - 1) / PORTION).parallel().forEach(portion -> {
            int from = portion * PORTION;
            diff(repository, entries.subList(from, Math.min(entries.size(), from + PORTION)), known, changes, from);
        });
        return List.of(changes);
    }

    /**
     * A commit before its diff.
     *
     * @param change the commit, without paths
     * @param before its parent's tree
     * @param after its tree
     */
    private record Entry(PastChange change, @Nullable ObjectId before, ObjectId after) {}

    private static List<Entry> entries(
            Repository repository, ObjectId tip, @Nullable ObjectId without, int most, Map<String, PastChange> known)
            throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRevFilter(RevFilter.NO_MERGES);
            walk.markStart(walk.parseCommit(tip));
            if (without != null) {
                walk.markUninteresting(walk.parseCommit(without));
            }
            for (RevCommit commit = walk.next(); commit != null && entries.size() < most; commit = walk.next()) {
                PastChange before = known.get(commit.name());
                entries.add(before == null ? entry(walk, commit) : new Entry(before, null, commit.getTree()));
                commit.disposeBody();
            }
        }
        return entries;
    }

    private static Entry entry(RevWalk walk, RevCommit commit) throws IOException {
        ObjectId before = null;
        if (commit.getParentCount() > 0) {
            RevCommit parent = commit.getParent(0);
            walk.parseHeaders(parent);
            before = parent.getTree();
        }
        String message = commit.getFullMessage();
        PastChange change = new PastChange(
                commit.name(),
                Instant.ofEpochSecond(commit.getCommitTime()),
                message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message,
                List.of());
        return new Entry(change, before, commit.getTree());
    }

    private static void diff(
            Repository repository, List<Entry> entries, Map<String, PastChange> known, PastChange[] into, int at) {
        try (ObjectReader reader = repository.newObjectReader()) {
            TreeDiff diff = new TreeDiff(reader);
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get(i);
                PastChange change = entry.change();
                into[at + i] = known.containsKey(change.id())
                        ? change
                        : new PastChange(
                                change.id(),
                                change.time(),
                                change.message(),
                                paths(diff, entry.before(), entry.after()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<PathChange> paths(TreeDiff diff, @Nullable ObjectId before, ObjectId after) throws IOException {
        List<PathChange> changes = new ArrayList<>();
        Renames renames = new Renames();
        diff.between(before, after, (path, old, now, link) -> {
            if (old == null && now != null) {
                renames.created(path, now);
            } else if (old != null && now == null) {
                renames.deleted(path, old);
            } else {
                changes.add(new PathChange(Kind.WRITE, path, Optional.empty()));
            }
        });
        changes.addAll(renames.resolve());
        return changes;
    }
}
