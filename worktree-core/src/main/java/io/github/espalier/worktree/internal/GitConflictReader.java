package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.ConflictDetail;
import io.github.espalier.worktree.ConflictKind;
import io.github.espalier.worktree.ConflictReader;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads conflicts from blobs and histories. */
public final class GitConflictReader implements ConflictReader {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(3);
    private static final int MOST_CONFLICTS = 100;
    private static final long LARGEST_FILE = 1 << 20;
    private static final long MOST_BYTES = 16 << 20;
    private static final Set<ConflictKind> OF_LINES = Set.of(ConflictKind.CONTENT, ConflictKind.ADD_ADD);

    private final GitRepository repository;
    private final Git git;

    /** A reader for a repository. */
    public GitConflictReader(GitRepository repository) {
        this.repository = repository;
        git = Git.of(repository).offline();
    }

    @Override
    public List<ConflictDetail> read(String ours, String theirs, List<Conflict> conflicts) {
        Revisions.check(ours);
        Revisions.check(theirs);
        List<Revisions.Commit> sides = Revisions.resolve(git, ours, theirs);
        if (conflicts.isEmpty()) {
            return List.of();
        }
        String ourId = sides.get(0).id();
        String theirId = sides.get(1).id();
        List<String> bases = git.command("merge-base", "--all", ourId, theirId)
                .accept(1)
                .run()
                .lines();
        Deadline deadline = Deadline.in(TIME_LIMIT);
        try (ObjectRoom room = ObjectRoom.open(repository)) {
            return read(
                    () -> new SideHistory(room, bases, ourId, deadline),
                    () -> new SideHistory(room, bases, theirId, deadline),
                    conflicts);
        }
    }

    @Override
    public List<ConflictDetail> lines(List<Conflict> conflicts) {
        return read(SideHistory::unknown, SideHistory::unknown, conflicts);
    }

    private List<ConflictDetail> read(
            Supplier<SideHistory> ours, Supplier<SideHistory> theirs, List<Conflict> conflicts) {
        Map<String, byte[]> texts =
                texts(conflicts.stream().limit(MOST_CONFLICTS).toList());
        List<ConflictDetail> details = new ArrayList<>();
        for (Conflict conflict : conflicts) {
            SideHistory ourHistory = ours.get();
            SideHistory theirHistory = theirs.get();
            if (details.size() >= MOST_CONFLICTS) {
                details.add(withoutLines(conflict, List.of(), List.of(), true));
            } else if (blobs(conflict).allMatch(texts::containsKey) && isOfLines(conflict)) {
                details.add(new ConflictLineReader(conflict, ourHistory, theirHistory).read(texts));
            } else {
                details.add(withoutLines(conflict, ourHistory, theirHistory, isOfLines(conflict)));
            }
        }
        return List.copyOf(details);
    }

    /** What can be shown of the contents of all files that lines can be shown of. */
    private Map<String, byte[]> texts(List<Conflict> conflicts) {
        Set<String> wanted = new LinkedHashSet<>();
        conflicts.stream()
                .filter(GitConflictReader::isOfLines)
                .flatMap(GitConflictReader::blobs)
                .forEach(wanted::add);
        Map<String, Long> sizes = ObjectReader.sizes(git, wanted);
        Set<String> chosen = new LinkedHashSet<>();
        long left = MOST_BYTES;
        for (Map.Entry<String, Long> size : sizes.entrySet()) {
            if (size.getValue() <= Math.min(left, LARGEST_FILE)) {
                chosen.add(size.getKey());
                left -= size.getValue();
            }
        }
        return ObjectReader.read(git, chosen);
    }

    private static boolean isOfLines(Conflict conflict) {
        return OF_LINES.contains(conflict.kind())
                && conflict.ours().isPresent()
                && conflict.theirs().isPresent()
                && sides(conflict).allMatch(side -> side.mode().startsWith("100"));
    }

    private static Stream<Side> sides(Conflict conflict) {
        return Stream.of(conflict.base(), conflict.ours(), conflict.theirs()).flatMap(Optional::stream);
    }

    private static Stream<String> blobs(Conflict conflict) {
        return sides(conflict).map(Side::blob);
    }

    /** A conflict that is told by what each side did to the path as a whole. */
    static ConflictDetail withoutLines(
            Conflict conflict, SideHistory ourHistory, SideHistory theirHistory, boolean tooLarge) {
        List<String> ourCommits = ourHistory.touching(
                paths(conflict, conflict.ours()), conflict.ours().map(Side::blob));
        List<String> theirCommits = theirHistory.touching(
                paths(conflict, conflict.theirs()), conflict.theirs().map(Side::blob));
        boolean cut = tooLarge || ourHistory.isIncomplete() || theirHistory.isIncomplete();
        return withoutLines(conflict, ourCommits, theirCommits, cut);
    }

    private static ConflictDetail withoutLines(
            Conflict conflict, List<String> ourCommits, List<String> theirCommits, boolean cut) {
        ConflictPatch patch = new ConflictPatch(new Excerpt());
        patch.summary(conflict, ourCommits, theirCommits);
        return new ConflictDetail(conflict, List.of(), ourCommits, theirCommits, patch.text(), cut);
    }

    private static Set<String> paths(Conflict conflict, Optional<Side> side) {
        Set<String> paths = new HashSet<>(Set.of(conflict.path()));
        conflict.base().map(Side::path).ifPresent(paths::add);
        side.map(Side::path).ifPresent(paths::add);
        return paths;
    }
}
