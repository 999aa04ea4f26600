package io.github.espalier.worktree.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The paths at which two commits differ, where they are few and each can be written by itself: {@code git restore} of these
 * takes half of the time of a {@code git read-tree} from one to the other, which computes all trees of the index anew. Where
 * the order matters in which files are written and deleted, it is left to the latter.
 */
final class FewChanges {
    private static final int MOST = 1000;

    private FewChanges() {}

    /** Each with a NUL after it; empty: git has to go from one commit to the other. */
    static Optional<String> paths(List<TreeDifference> differences) {
        return areIndependent(differences)
                ? Optional.of(differences.stream()
                        .map(difference -> difference.rawPath() + "\0")
                        .collect(Collectors.joining()))
                : Optional.empty();
    }

    /** Names outside ASCII have more than one form on some file systems. */
    private static boolean areIndependent(List<TreeDifference> differences) {
        return differences.size() <= MOST
                && differences.stream().allMatch(FewChanges::isPlain)
                && noneStandsInTheWayOfAnother(differences);
    }

    private static boolean isPlain(TreeDifference difference) {
        return !difference.mode().equals(TreeDifference.GITLINK)
                && !difference.modeBefore().equals(TreeDifference.GITLINK)
                && difference.rawPath().chars().allMatch(character -> character < 0x80);
    }

    /** As a file's folder, or by names that some file systems take for one. */
    private static boolean noneStandsInTheWayOfAnother(List<TreeDifference> differences) {
        Set<String> paths = new HashSet<>();
        differences.forEach(difference -> paths.add(difference.rawPath().toLowerCase(Locale.ROOT)));
        return paths.size() == differences.size()
                && paths.stream().noneMatch(path -> {
                    boolean below = false;
                    for (int slash = path.indexOf('/'); slash >= 0 && !below; slash = path.indexOf('/', slash + 1)) {
                        below = paths.contains(path.substring(0, slash));
                    }
                    return below;
                });
    }
}
