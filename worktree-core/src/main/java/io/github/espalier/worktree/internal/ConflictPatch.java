package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.ConflictHunk;
import io.github.espalier.worktree.ConflictLines;
import io.github.espalier.worktree.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a conflict down for a person. Not thread-safe. */
final class ConflictPatch {
    private static final int CONTEXT = 3;
    private static final int MOST_COMMITS = 10;
    private static final int SHORT_ID = 12;

    private final StringBuilder text = new StringBuilder();
    private final Excerpt excerpt;

    ConflictPatch(Excerpt excerpt) {
        this.excerpt = excerpt;
    }

    void summary(Conflict conflict, List<String> ourCommits, List<String> theirCommits) {
        line(conflict.kind() + " conflict in " + printable(conflict.path()));
        conflict.base().ifPresent(base -> line("  base:   " + described(base)));
        line("  ours:   " + done(conflict.base(), conflict.ours()) + by(ourCommits));
        line("  theirs: " + done(conflict.base(), conflict.theirs()) + by(theirCommits));
    }

    /** The hunks that there are; lines between two of them are written once. */
    void hunks(List<MergedLines.Piece> pieces, List<ConflictHunk> hunks, String ours, String theirs) {
        List<String> between = new ArrayList<>();
        int next = 0;
        for (MergedLines.Piece piece : pieces) {
            if (piece instanceof MergedLines.Piece.Agreed agreed) {
                between.addAll(ends(agreed.range()));
            } else if (next < hunks.size()) {
                contextBefore(between, next == 0, hunks.get(next));
                hunk(hunks.get(next++), ours, theirs);
                between.clear();
            } else {
                break;
            }
        }
        between.stream().limit(CONTEXT).forEach(this::line);
    }

    void cut() {
        line("(cut: there is more than can be shown)");
    }

    String text() {
        return text.toString();
    }

    /** All that can become context: the first and last lines, and something between them if there are more. */
    private List<String> ends(MergedLines.Range range) {
        List<String> lines = new ArrayList<>();
        boolean all = range.count() <= 2 * CONTEXT + 1;
        for (int i = range.begin(); i < range.end(); i++) {
            if (all || i < range.begin() + CONTEXT || i >= range.end() - CONTEXT) {
                lines.add(excerpt.line(range, i));
            } else if (i == range.begin() + CONTEXT) {
                lines.add("");
            }
        }
        return lines;
    }

    private void contextBefore(List<String> between, boolean first, ConflictHunk hunk) {
        if (first || between.size() > 2 * CONTEXT) {
            if (!first) {
                between.stream().limit(CONTEXT).forEach(this::line);
            }
            line("@@@ base " + numbers(hunk.base()) + " ours " + numbers(hunk.ours()) + " theirs "
                    + numbers(hunk.theirs()) + " @@@");
            between.subList(Math.max(0, between.size() - CONTEXT), between.size())
                    .forEach(this::line);
        } else {
            between.forEach(this::line);
        }
    }

    private void hunk(ConflictHunk hunk, String ours, String theirs) {
        line(marker("<<<<<<< ours", ours));
        lines(hunk.ours());
        line("||||||| base");
        lines(hunk.base());
        line("=======");
        lines(hunk.theirs());
        line(marker(">>>>>>> theirs", theirs));
    }

    private static String marker(String marker, String side) {
        return side.isEmpty() ? marker : marker + " " + shortened(side);
    }

    private void lines(ConflictLines lines) {
        lines.lines().forEach(this::line);
        int missing = lines.count() - lines.lines().size();
        if (missing > 0) {
            line("(cut: " + missing + " more lines)");
        }
    }

    private static String numbers(ConflictLines lines) {
        return lines.start() + "," + lines.count();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String done(Optional<Side> base, Optional<Side> side) {
        if (side.isEmpty()) {
            return base.isPresent() ? "deleted" : "nothing there";
        }
        Side now = side.get();
        if (base.isEmpty()) {
            return "added " + described(now);
        }
        Side before = base.get();
        List<String> done = new ArrayList<>();
        if (!before.path().equals(now.path())) {
            done.add("renamed to " + printable(now.path()));
        }
        if (!before.mode().equals(now.mode())) {
            done.add("mode changed to " + now.mode());
        }
        if (!before.blob().equals(now.blob())) {
            done.add("changed to " + shortened(now.blob()));
        }
        return done.isEmpty() ? "left as it was" : String.join(", ", done);
    }

    private static String described(Side side) {
        return printable(side.path()) + " " + side.mode() + " " + shortened(side.blob());
    }

    private static String by(List<String> commits) {
        if (commits.isEmpty()) {
            return "";
        }
        List<String> ids = new ArrayList<>();
        commits.stream().limit(MOST_COMMITS).forEach(commit -> ids.add(shortened(commit)));
        int more = commits.size() - ids.size();
        return " by " + String.join(", ", ids) + (more > 0 ? " and " + more + " more" : "");
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    /** A name that an agent chose must not look like lines of ours. */
    private static String printable(String path) {
        StringBuilder printable = new StringBuilder();
        path.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                printable.append(String.format("\\u%04x", c));
            } else {
                printable.append((char) c);
            }
        });
        return printable.toString();
    }
}
