package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.ConflictKind;
import io.github.espalier.worktree.Side;
import java.util.Optional;

/** The three stages of an unmerged path, as git numbers them: 1 base, 2 ours, 3 theirs. Immutable. */
record Stages(Optional<Side> base, Optional<Side> ours, Optional<Side> theirs) {
    static final Stages NONE = new Stages(Optional.empty(), Optional.empty(), Optional.empty());
    private static final String SUBMODULE = "160000";

    Stages with(int stage, Side side) {
        Optional<Side> present = Optional.of(side);
        return switch (stage) {
            case 1 -> new Stages(present, ours, theirs);
            case 2 -> new Stages(base, present, theirs);
            case 3 -> new Stages(base, ours, present);
            default -> throw new IllegalArgumentException("no unmerged stage: " + stage);
        };
    }

    Stages withBaseAt(String path) {
        return new Stages(base.map(side -> new Side(path, side.mode(), side.blob())), ours, theirs);
    }

    /** These stages, with those of another path where there are none here. */
    Stages orElse(Stages other) {
        return new Stages(base.or(other::base), ours.or(other::ours), theirs.or(other::theirs));
    }

    /** The kind that the stages alone tell. */
    ConflictKind kind() {
        if (isSubmodule(ours) || isSubmodule(theirs)) {
            return ConflictKind.SUBMODULE;
        }
        if (ours.isEmpty() || theirs.isEmpty()) {
            return base.isEmpty() ? ConflictKind.OTHER : ConflictKind.MODIFY_DELETE;
        }
        boolean onlyModes = ours.get().blob().equals(theirs.get().blob());
        boolean types = !type(ours.get()).equals(type(theirs.get()));
        if (onlyModes || types) {
            return ConflictKind.MODE;
        }
        return base.isEmpty() ? ConflictKind.ADD_ADD : ConflictKind.CONTENT;
    }

    Conflict conflict(String path, ConflictKind kind) {
        return new Conflict(path, kind, base, ours, theirs);
    }

    private static boolean isSubmodule(Optional<Side> side) {
        return side.filter(present -> present.mode().equals(SUBMODULE)).isPresent();
    }

    /** {@code 100} file, {@code 120} symbolic link, {@code 160} submodule. */
    private static String type(Side side) {
        return side.mode().substring(0, 3);
    }
}
