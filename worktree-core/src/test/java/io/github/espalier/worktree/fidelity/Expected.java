package io.github.espalier.worktree.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.Merger;
import io.github.espalier.worktree.Side;
import io.github.espalier.worktree.fidelity.JGitTally.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What plain git makes of a merge, and what that asks of our engines.
 *
 * @param repository where git can be asked for more
 * @param request the merge
 * @param answer git's answer
 */
record Expected(BatchRepository repository, MergeRequest request, GitsAnswer answer) {

    /** The same tree, or the same conflicts with the same three blobs; what JGit makes of it, where git dies. */
    void assertThatGitsEngine(Merger merger, Attempt byJGit, String what) throws IOException {
        Attempt attempt = Attempt.of(merger, request);
        if (answer.died()) {
            assertThat(attempt).as(what).isEqualTo(byJGit);
            return;
        }
        if (!answer.conflicted()) {
            assertThat(attempt.tree()).as(what).contains(answer.tree());
            return;
        }
        assertThat(attempt.conflicted()).as(what).isPresent();
        MergeOutcome.Conflicted conflicted = attempt.conflicted().get();
        assertThat(conflicted.tree()).as(what).contains(answer.tree());
        assertThat(attempt.paths()).as(what).isEqualTo(paths());
        for (GitsAnswer.Unmerged entry : answer.unmerged()) {
            assertThat(conflicted.conflicts())
                    .as(what + ": " + entry)
                    .anySatisfy(conflict -> assertThat(side(conflict, entry.stage()))
                            .hasValueSatisfying(side -> assertThat(List.of(side.mode(), side.blob()))
                                    .containsExactly(entry.mode(), entry.blob())));
        }
    }

    private Set<String> paths() throws IOException {
        Set<String> paths = new TreeSet<>(answer.paths());
        paths.addAll(repository.conflictsWithoutEntries(Map.entry(request.ours(), request.theirs()), answer.paths()));
        return paths;
    }

    /** Nothing that git would not make; in simple cases what git makes. */
    Verdict assertThatJGit(Attempt attempt, boolean simple, String what) throws IOException {
        if (answer.died()) {
            return Verdict.UNKNOWN;
        }
        attempt.tree().ifPresent(tree -> {
            assertThat(answer.conflicted())
                    .as("JGit merges what git does not; " + what)
                    .isFalse();
            assertThat(tree).as(what).isEqualTo(answer.tree());
        });
        Verdict verdict = verdict(attempt);
        if (simple) {
            assertThat(verdict)
                    .as("JGit %s, git %s; %s", attempt, answer, what)
                    .isIn(Verdict.SAME_TREE, Verdict.SAME_CONFLICTS);
        }
        return verdict;
    }

    private Verdict verdict(Attempt attempt) throws IOException {
        if (attempt.outcome().isEmpty()) {
            return Verdict.REFUSED;
        }
        if (!answer.conflicted()) {
            return attempt.tree().isPresent() ? Verdict.SAME_TREE : Verdict.CONFLICTS_ALONE;
        }
        return attempt.paths().equals(paths()) ? Verdict.SAME_CONFLICTS : Verdict.OTHER_CONFLICTS;
    }

    private static Optional<Side> side(Conflict conflict, int stage) {
        return switch (stage) {
            case 1 -> conflict.base();
            case 2 -> conflict.ours();
            default -> conflict.theirs();
        };
    }
}
