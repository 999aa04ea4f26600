package io.github.espalier.separator.internal;

import io.github.espalier.separator.ConflictReason;
import io.github.espalier.separator.DeclaredPath.Kind;
import io.github.espalier.separator.Footprint.Shape;
import io.github.espalier.separator.Footprint.Touch;
import java.util.Optional;

/** Compares what two tasks do with paths. */
final class Conflicts {
    private Conflicts() {}

    /**
     * A touch and what it is compared by.
     *
     * @param kind what is done
     * @param pattern to what
     */
    record Placed(Kind kind, PathPattern pattern) {
        static Placed of(Touch touch) {
            return new Placed(touch.kind(), PathPattern.of(touch));
        }
    }

    static Optional<ConflictReason> between(Placed first, Placed second) {
        PathPattern a = first.pattern();
        PathPattern b = second.pattern();
        if (a.meets(b)) {
            return Optional.of(meeting(first, second));
        } else if (a.shape() == Shape.GLOB || b.shape() == Shape.GLOB) {
            return Optional.empty();
        } else if (a.shape() == Shape.FILE && b.isBelow(a)) {
            return Optional.of(new ConflictReason.FileAndFolder(a.text(), b.text()));
        } else if (b.shape() == Shape.FILE && a.isBelow(b)) {
            return Optional.of(new ConflictReason.FileAndFolder(b.text(), a.text()));
        }
        return foldersOfOneName(a, b);
    }

    private static ConflictReason meeting(Placed first, Placed second) {
        PathPattern a = first.pattern();
        PathPattern b = second.pattern();
        if (goesAway(first)) {
            return new ConflictReason.MovedAway(a.text(), b.text());
        } else if (goesAway(second)) {
            return new ConflictReason.MovedAway(b.text(), a.text());
        } else if (a.text().equals(b.text())) {
            return first.kind() == Kind.CREATE && second.kind() == Kind.CREATE
                    ? new ConflictReason.BothCreate(a.text())
                    : new ConflictReason.SamePath(a.text());
        } else if (a.folded().equals(b.folded()) && !a.path().equals(b.path())) {
            return new ConflictReason.SameNameButForForm(a.text(), b.text());
        }
        return new ConflictReason.Overlap(a.text(), b.text());
    }

    private static boolean goesAway(Placed touch) {
        return touch.kind() == Kind.DELETE || touch.kind() == Kind.RENAME;
    }

    /** {@code Docs/a} and {@code docs/b}: two folders here, one on a file system that ignores case. */
    private static Optional<ConflictReason> foldersOfOneName(PathPattern a, PathPattern b) {
        int begin = 0;
        while (true) {
            int endA = a.path().indexOf('/', begin);
            int endB = b.path().indexOf('/', begin);
            if (endA < 0 || endB < 0) {
                return Optional.empty();
            } else if (endA != endB || !a.path().regionMatches(begin, b.path(), begin, endA - begin)) {
                String headA = a.path().substring(0, endA);
                String headB = b.path().substring(0, endB);
                return PathPattern.fold(headA).equals(PathPattern.fold(headB))
                        ? Optional.of(new ConflictReason.SameNameButForForm(headA + "/", headB + "/"))
                        : Optional.empty();
            }
            begin = endA + 1;
        }
    }
}
