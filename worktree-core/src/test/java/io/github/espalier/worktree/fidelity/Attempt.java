package io.github.espalier.worktree.fidelity;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.GitDiedException;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.Merger;
import io.github.espalier.worktree.UnsupportedMergeException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an engine makes of a merge.
 *
 * @param outcome what it came to; empty: it refused, or git died and JGit refused
 */
record Attempt(Optional<MergeOutcome> outcome) {

    static Attempt of(Merger merger, MergeRequest request) {
        try {
            return new Attempt(Optional.of(merger.merge(request)));
        } catch (UnsupportedMergeException | GitDiedException e) {
            return new Attempt(Optional.empty());
        }
    }

    /** The tree of a clean merge. */
    Optional<String> tree() {
        return outcome.flatMap(found -> {
            if (found instanceof MergeOutcome.Merged merged) {
                return Optional.of(merged.tree());
            }
            return found instanceof MergeOutcome.UpToDate same ? Optional.of(same.tree()) : Optional.empty();
        });
    }

    Optional<MergeOutcome.Conflicted> conflicted() {
        return outcome.filter(MergeOutcome.Conflicted.class::isInstance).map(MergeOutcome.Conflicted.class::cast);
    }

    /** The paths that are in conflict. */
    Set<String> paths() {
        return conflicted().stream()
                .flatMap(conflicted -> conflicted.conflicts().stream())
                .map(Conflict::path)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
