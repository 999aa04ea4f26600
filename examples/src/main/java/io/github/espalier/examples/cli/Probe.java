package io.github.espalier.examples.cli;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.GitRepository;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.MergeSession;
import io.github.espalier.worktree.Merger;
import java.util.ArrayList;
import java.util.List;

/**
 * Each pair of branches, merged.
 *
 * @param branches the branches
 * @param pairs each with those after it, in order
 */
record Probe(List<String> branches, List<Pair> pairs) {
    Probe {
        branches = List.copyOf(branches);
        pairs = List.copyOf(pairs);
    }

    /**
     * Two branches.
     *
     * @param a the one
     * @param b the other
     * @param conflicts what they do not agree on
     */
    record Pair(String a, String b, List<Conflict> conflicts) {
        Pair {
            conflicts = List.copyOf(conflicts);
        }

        /** How many paths they do not agree on. */
        long paths() {
            return conflicts.stream().map(Conflict::path).distinct().count();
        }
    }

    static Probe of(GitRepository repository, List<String> branches) {
        List<Pair> pairs = new ArrayList<>();
        try (MergeSession session = MergeSession.open(repository)) {
            for (int i = 0; i < branches.size(); i++) {
                for (String other : branches.subList(i + 1, branches.size())) {
                    pairs.add(pair(session, branches.get(i), other));
                }
            }
        }
        return new Probe(branches, pairs);
    }

    private static Pair pair(Merger merger, String a, String b) {
        MergeOutcome outcome = merger.merge(new MergeRequest(ref(a), ref(b)));
        return new Pair(
                a, b, outcome instanceof MergeOutcome.Conflicted conflicted ? conflicted.conflicts() : List.of());
    }

    /** A branch, whatever tags have its name. */
    static String ref(String branch) {
        return "refs/heads/" + branch;
    }

    List<Pair> conflicting() {
        return pairs.stream().filter(pair -> !pair.conflicts().isEmpty()).toList();
    }
}
