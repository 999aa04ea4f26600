package io.github.espalier.separator.internal.history;

import io.github.espalier.separator.ChangeHistory;
import io.github.espalier.separator.PastChange;
import io.github.espalier.separator.internal.Repositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/** Histories, from the cache as far as it goes. */
public final class Histories {
    /** So many new changes may be read again and again before the cache is written anew. */
    private static final int STALE = 50;

    private static final String NOTHING = "there is no past change yet";

    private Histories() {}

    public static ChangeHistory read(Path directory, String revision, int most) {
        return Repositories.read(
                directory,
                revision,
                (repository, tip) -> read(repository, tip, most),
                () -> new ChangeHistory(List.of(), Optional.of(NOTHING)));
    }

    /** As of a commit. */
    public static ChangeHistory read(Repository repository, ObjectId tip, int most) throws IOException {
        HistoryCache cache = new HistoryCache(Repositories.cache(repository).resolve("history-1.bin"));
        Optional<HistoryCache.Stored> stored = cache.load().filter(before -> before.most() == most);
        List<PastChange> changes = new ArrayList<>();
        Optional<ObjectId> base = stored.map(before -> ObjectId.fromString(before.tip()));
        boolean grown = base.isPresent() && isReached(repository, base.get(), tip);
        Map<String, PastChange> known = new HashMap<>();
        if (grown) {
            changes.addAll(stored.map(HistoryCache.Stored::changes).orElse(List.of()));
        } else {
            stored.map(HistoryCache.Stored::changes)
                    .orElse(List.of())
                    .forEach(change -> known.put(change.id(), change));
        }
        List<PastChange> fresh = HistoryMiner.read(repository, tip, grown ? base.get() : null, most, known);
        changes.addAll(fresh);
        List<PastChange> last = changes.subList(Math.max(0, changes.size() - most), changes.size());
        if (!grown || fresh.size() > STALE) {
            cache.store(new HistoryCache.Stored(tip.name(), most, last));
        }
        return new ChangeHistory(last, gap(repository, last));
    }

    private static boolean isReached(Repository repository, ObjectId base, ObjectId tip) throws IOException {
        if (!repository.getObjectDatabase().has(base)) {
            return false; // rewritten and collected
        }
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedInto(walk.parseCommit(base), walk.parseCommit(tip));
        }
    }

    private static Optional<String> gap(Repository repository, List<PastChange> changes) {
        if (Files.exists(repository.getCommonDirectory().toPath().resolve(Constants.SHALLOW))) {
            return Optional.of("the clone is shallow: only " + changes.size()
                    + " changes are there; git fetch --unshallow brings the others");
        }
        return changes.isEmpty() ? Optional.of(NOTHING) : Optional.empty();
    }
}
