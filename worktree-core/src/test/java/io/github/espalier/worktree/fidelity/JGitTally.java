package io.github.espalier.worktree.fidelity;

import java.util.EnumMap;
import java.util.Map;

/** How often JGit's engine came to what, beside git. Not thread-safe. */
final class JGitTally {
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);

    /** What JGit may come to. */
    enum Verdict {
        /** Git's tree. */
        SAME_TREE,
        /** Conflicts in git's paths. */
        SAME_CONFLICTS,
        /** Conflicts as git has, in other paths. */
        OTHER_CONFLICTS,
        /** Conflicts where git merges. */
        CONFLICTS_ALONE,
        /** It says by name why it does not merge. */
        REFUSED,
        /** Git died, so that nobody knows. */
        UNKNOWN
    }

    void add(Verdict verdict) {
        counts.merge(verdict, 1, Integer::sum);
    }

    void add(JGitTally other) {
        other.counts.forEach((verdict, count) -> counts.merge(verdict, count, Integer::sum));
    }

    /** The share of merges in which it had git's tree, or conflicts in git's paths. */
    double decided() {
        return (count(Verdict.SAME_TREE) + count(Verdict.SAME_CONFLICTS)) / (double) cases();
    }

    private int count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    int cases() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return "JGit in " + cases() + " merges: " + counts;
    }
}
