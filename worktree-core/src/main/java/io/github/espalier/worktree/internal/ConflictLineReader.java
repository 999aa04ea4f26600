package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.ConflictDetail;
import io.github.espalier.worktree.ConflictHunk;
import io.github.espalier.worktree.ConflictLines;
import io.github.espalier.worktree.Side;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jgit.diff.RawText;

/** Reads a conflict of lines, which both sides have. Not thread-safe. */
final class ConflictLineReader {
    private static final int MOST_HUNKS = 100;
    /** Git takes seconds to blame lines of longer files, if many of them are alike. */
    private static final int MOST_LINES_TO_BLAME = 20_000;

    private final Conflict conflict;
    private final SideHistory ourHistory;
    private final SideHistory theirHistory;
    private final Excerpt excerpt = new Excerpt();

    ConflictLineReader(Conflict conflict, SideHistory ourHistory, SideHistory theirHistory) {
        this.conflict = conflict;
        this.ourHistory = ourHistory;
        this.theirHistory = theirHistory;
    }

    /**
     * Reads it.
     *
     * @param texts contents by id, with those of all its sides
     */
    ConflictDetail read(Map<String, byte[]> texts) {
        byte[] base = content(texts, conflict.base());
        byte[] ours = content(texts, conflict.ours());
        byte[] theirs = content(texts, conflict.theirs());
        if (RawText.isBinary(base) || RawText.isBinary(ours) || RawText.isBinary(theirs)) {
            return GitConflictReader.withoutLines(conflict, ourHistory, theirHistory, false);
        }
        List<MergedLines.Piece> pieces = MergedLines.merge(base, ours, theirs);
        List<MergedLines.Piece.Disputed> all = pieces.stream()
                .filter(MergedLines.Piece.Disputed.class::isInstance)
                .map(MergedLines.Piece.Disputed.class::cast)
                .toList();
        if (all.isEmpty()) { // git found one where a merge driver is not to run, or where JGit is cleverer
            return GitConflictReader.withoutLines(conflict, ourHistory, theirHistory, false);
        }
        List<MergedLines.Piece.Disputed> shown = all.subList(0, Math.min(MOST_HUNKS, all.size()));
        List<ConflictHunk> hunks = hunks(shown);
        if (hunks.size() < all.size()) {
            excerpt.cut();
        }
        return detail(pieces, hunks);
    }

    private static byte[] content(Map<String, byte[]> texts, Optional<Side> side) {
        return side.map(Side::blob).map(texts::get).orElse(new byte[0]);
    }

    private ConflictDetail detail(List<MergedLines.Piece> pieces, List<ConflictHunk> hunks) {
        List<String> ourCommits = commits(hunks, ConflictHunk::ours);
        List<String> theirCommits = commits(hunks, ConflictHunk::theirs);
        ConflictPatch patch = new ConflictPatch(excerpt);
        patch.summary(conflict, ourCommits, theirCommits);
        patch.hunks(pieces, hunks, ourHistory.side(), theirHistory.side());
        if (excerpt.isCut()) {
            patch.cut();
        }
        boolean cut = excerpt.isCut() || ourHistory.isIncomplete() || theirHistory.isIncomplete();
        return new ConflictDetail(conflict, hunks, ourCommits, theirCommits, patch.text(), cut);
    }

    private List<ConflictHunk> hunks(List<MergedLines.Piece.Disputed> disputed) {
        Origins ours = new Origins(
                ourHistory,
                conflict.ours().orElseThrow(),
                disputed.stream().map(MergedLines.Piece.Disputed::ours).toList());
        Origins theirs = new Origins(
                theirHistory,
                conflict.theirs().orElseThrow(),
                disputed.stream().map(MergedLines.Piece.Disputed::theirs).toList());
        List<ConflictHunk> hunks = new ArrayList<>();
        for (MergedLines.Piece.Disputed piece : disputed) {
            hunks.add(new ConflictHunk(
                    lines(piece.base(), List.of()),
                    lines(piece.ours(), ours.of(piece.ours())),
                    lines(piece.theirs(), theirs.of(piece.theirs()))));
        }
        return hunks;
    }

    private ConflictLines lines(MergedLines.Range range, List<String> commits) {
        return new ConflictLines(range.begin() + 1, range.count(), excerpt.lines(range), commits);
    }

    private static List<String> commits(List<ConflictHunk> hunks, Function<ConflictHunk, ConflictLines> side) {
        Set<String> commits = new LinkedHashSet<>();
        hunks.forEach(hunk -> commits.addAll(side.apply(hunk).commits()));
        return List.copyOf(commits);
    }

    /** The commits that one side's ranges of lines come from. */
    private static final class Origins {
        private final Map<Integer, String> ofLines;
        private final List<String> ofFile;

        Origins(SideHistory history, Side side, List<MergedLines.Range> ranges) {
            List<String> wanted = ranges.stream()
                    .filter(range -> range.count() > 0 && range.text().size() <= MOST_LINES_TO_BLAME)
                    .map(range -> (range.begin() + 1) + "," + range.end())
                    .toList();
            ofLines = history.ofLines(side.path(), side.blob(), wanted);
            ofFile = wanted.size() < ranges.size()
                    ? history.touching(Set.of(side.path()), Optional.of(side.blob()))
                    : List.of();
        }

        List<String> of(MergedLines.Range range) {
            if (range.count() == 0 || range.text().size() > MOST_LINES_TO_BLAME) {
                return ofFile;
            }
            Set<String> commits = new LinkedHashSet<>();
            for (int line = range.begin() + 1; line <= range.end(); line++) {
                Optional.ofNullable(ofLines.get(line)).ifPresent(commits::add);
            }
            return List.copyOf(commits);
        }
    }
}
