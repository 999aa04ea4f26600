package io.github.espalier.examples.view;

import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.ConflictDetail;
import io.github.espalier.worktree.ConflictHunk;
import io.github.espalier.worktree.ConflictKind;
import io.github.espalier.worktree.ConflictLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is ahead of two running agents, in a line: {@code src/App.java:10-12/8}, lines of the one and the other. */
final class AheadText {
    private static final int MOST = 5;

    private AheadText() {}

    static String describe(RunEvent.ConflictAhead ahead) {
        if (ahead.conflicts().isEmpty()) {
            return "goes together with " + ahead.other() + " again";
        }
        List<String> places = new ArrayList<>();
        for (int i = 0; i < ahead.conflicts().size(); i++) {
            Optional<ConflictDetail> detail =
                    i < ahead.details().size() ? Optional.of(ahead.details().get(i)) : Optional.empty();
            places.add(place(ahead.conflicts().get(i), detail));
        }
        return "will conflict with " + ahead.other() + ": " + shortened("; ", places);
    }

    private static String place(Conflict conflict, Optional<ConflictDetail> detail) {
        List<ConflictHunk> hunks = detail.map(ConflictDetail::hunks).orElse(List.of());
        String lines = hunks.isEmpty()
                ? ""
                : ":"
                        + shortened(
                                ", ",
                                hunks.stream()
                                        .map(hunk -> numbers(hunk.ours()) + "/" + numbers(hunk.theirs()))
                                        .toList());
        return conflict.path() + lines + (conflict.kind() == ConflictKind.CONTENT ? "" : " (" + conflict.kind() + ")");
    }

    private static String numbers(ConflictLines lines) {
        int end = lines.start() + lines.count() - 1;
        return end > lines.start() ? lines.start() + "-" + end : String.valueOf(lines.start());
    }

    static String shortened(String separator, List<String> all) {
        int more = all.size() - MOST;
        String first = String.join(separator, all.subList(0, Math.min(MOST, all.size())));
        return more > 0 ? first + " and " + more + " more" : first;
    }
}
