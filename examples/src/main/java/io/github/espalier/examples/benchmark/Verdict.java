package io.github.espalier.examples.benchmark;

import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.GitCommandException;
import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.Merger;
import io.github.espalier.worktree.UnrelatedHistoriesException;
import io.github.espalier.worktree.UnsupportedMergeException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How an engine's outcome compares with git's.
 *
 * @param kind the verdict
 * @param cause why it is not the same; empty where it is
 */
record Verdict(Kind kind, String cause) {

    /** The verdicts. */
    enum Kind {
        /** The same tree, or conflicts in the same paths. */
        SAME,
        /** Both have conflicts, not in the same paths. */
        OTHER_PATHS,
        /** The engine has a conflict where git merges. */
        CONFLICTS_ALONE,
        /** The engine refuses, and says so by name. */
        REFUSED,
        /** Both merge, to different trees. */
        OTHER_TREE,
        /** The engine merges where git has a conflict. */
        MERGES_ALONE;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether something could be published that git would not make. */
        boolean wrong() {
            return this == OTHER_TREE || this == MERGES_ALONE;
        }
    }

    static Verdict of(Merger merger, RealMerge merge, PlainMergeTree git, PlainMergeTree.Answer expected) {
        try {
            MergeOutcome outcome = merger.merge(new MergeRequest(merge.ours(), merge.theirs()));
            Kind kind = compare(outcome, expected);
            return new Verdict(kind, kind == Kind.SAME ? "" : cause(outcome, merge, git, expected));
        } catch (UnsupportedMergeException e) {
            return new Verdict(Kind.REFUSED, e.reason().name().toLowerCase(Locale.ROOT));
        } catch (UnrelatedHistoriesException e) {
            return expected.failed() ? new Verdict(Kind.SAME, "") : new Verdict(Kind.REFUSED, "no common ancestor");
        } catch (GitCommandException e) {
            return new Verdict(Kind.REFUSED, "git failed: " + e.exitCode());
        }
    }

    private static Kind compare(MergeOutcome outcome, PlainMergeTree.Answer expected) {
        if (outcome instanceof MergeOutcome.Conflicted conflicted) {
            if (expected.clean()) {
                return Kind.CONFLICTS_ALONE;
            }
            boolean same = conflicted.tree().filter(expected.tree()::equals).isPresent()
                    || paths(conflicted).equals(expected.conflicts());
            return same ? Kind.SAME : Kind.OTHER_PATHS;
        }
        if (!expected.clean()) {
            return Kind.MERGES_ALONE;
        }
        String tree = outcome instanceof MergeOutcome.Merged merged
                ? merged.tree()
                : ((MergeOutcome.UpToDate) outcome).tree();
        return tree.equals(expected.tree()) ? Kind.SAME : Kind.OTHER_TREE;
    }

    /** Renames, if a path that the two see differently is one that a side renamed, or lies in the same folder as one. */
    private static String cause(
            MergeOutcome outcome, RealMerge merge, PlainMergeTree git, PlainMergeTree.Answer expected) {
        if (expected.failed()) {
            return "git died";
        }
        Map<String, String> alone = new TreeMap<>();
        if (outcome instanceof MergeOutcome.Conflicted conflicted) {
            conflicted
                    .conflicts()
                    .forEach(conflict ->
                            alone.put(conflict.path(), conflict.kind().word()));
        }
        expected.conflicts().forEach(path -> {
            if (alone.remove(path) == null) {
                alone.put(path, "found by git alone");
            }
        });
        Set<String> folders = git.renamed(merge).stream().map(Verdict::folder).collect(Collectors.toSet());
        String kinds = alone.values().stream().distinct().sorted().collect(Collectors.joining(", "));
        return alone.keySet().stream().map(Verdict::folder).anyMatch(folders::contains) ? "renames" : kinds;
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static Set<String> paths(MergeOutcome.Conflicted conflicted) {
        return conflicted.conflicts().stream().map(Conflict::path).collect(Collectors.toCollection(TreeSet::new));
    }
}
