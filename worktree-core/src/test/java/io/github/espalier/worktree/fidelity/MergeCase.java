package io.github.espalier.worktree.fidelity;

import io.github.espalier.worktree.fidelity.BatchRepository.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A history whose last two commits are to be merged: they come from one base, or from two or three, as when each side has merged what
 * the other one had then.
 *
 * @param history its commits; the first has no parent
 */
record MergeCase(List<Wanted> history) {

    static MergeCase random(Random random) {
        RandomEdits edits = new RandomEdits(random);
        SortedMap<String, TreeEntry> root = edits.base();
        if (random.nextInt(4) > 0) {
            return new MergeCase(
                    List.of(Wanted.root(root), new Wanted(edits.edited(root), 0), new Wanted(edits.edited(root), 0)));
        }
        SortedMap<String, TreeEntry> one = edits.edited(root);
        SortedMap<String, TreeEntry> other = edits.edited(root);
        if (random.nextInt(4) == 0) {
            return withThreeBases(edits, root, one, other);
        }
        SortedMap<String, TreeEntry> ours = edits.merged(root, one, other);
        SortedMap<String, TreeEntry> theirs = edits.merged(root, other, one);
        return new MergeCase(List.of(
                Wanted.root(root),
                new Wanted(one, 0),
                new Wanted(other, 0),
                new Wanted(ours, 1, 2),
                new Wanted(theirs, 2, 1),
                new Wanted(edits.edited(ours), 3),
                new Wanted(edits.edited(theirs), 4)));
    }

    private static MergeCase withThreeBases(
            RandomEdits edits,
            SortedMap<String, TreeEntry> root,
            SortedMap<String, TreeEntry> one,
            SortedMap<String, TreeEntry> other) {
        SortedMap<String, TreeEntry> third = edits.edited(root);
        SortedMap<String, TreeEntry> ours = edits.merged(root, edits.merged(root, one, other), third);
        SortedMap<String, TreeEntry> theirs = edits.merged(root, edits.merged(root, third, other), one);
        return new MergeCase(List.of(
                Wanted.root(root),
                new Wanted(one, 0),
                new Wanted(other, 0),
                new Wanted(third, 0),
                new Wanted(ours, 1, 2, 3),
                new Wanted(theirs, 3, 2, 1),
                new Wanted(edits.edited(ours), 4),
                new Wanted(edits.edited(theirs), 5)));
    }

    /** Whether the sides have one base, nothing is a rename, whatever one takes for one, and no file is binary. */
    boolean isSimple() {
        boolean oneBase = history.size() == 3;
        return oneBase && history.stream().noneMatch(MergeCase::hasBinary) && hasNoRename();
    }

    private static boolean hasBinary(Wanted commit) {
        return commit.tree().values().stream().anyMatch(entry -> entry.content().contains("\0"));
    }

    private boolean hasNoRename() {
        return history.stream()
                .allMatch(commit -> commit.parents().stream()
                        .allMatch(parent -> cannotRename(history.get(parent).tree(), commit.tree())));
    }

    /** A path whose type changes is one that goes and one that comes. */
    private static boolean cannotRename(SortedMap<String, TreeEntry> before, SortedMap<String, TreeEntry> after) {
        Set<String> gone = withoutTheSameIn(after, before);
        Set<String> come = withoutTheSameIn(before, after);
        return gone.isEmpty() || come.isEmpty() || (gone.size() == 1 && gone.equals(come));
    }

    private static Set<String> withoutTheSameIn(SortedMap<String, TreeEntry> other, SortedMap<String, TreeEntry> tree) {
        return tree.entrySet().stream()
                .filter(entry -> Optional.ofNullable(other.get(entry.getKey()))
                        .filter(there -> there.type().equals(entry.getValue().type()))
                        .isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Its commits, for a list in which they come after so many others. */
    List<Wanted> after(int others) {
        return history.stream()
                .map(commit -> new Wanted(
                        commit.tree(),
                        commit.parents().stream().map(parent -> parent + others).toList()))
                .toList();
    }

    @Override
    public String toString() {
        return String.join(
                ", ",
                IntStream.range(0, history.size())
                        .mapToObj(i -> i + " " + history.get(i))
                        .toList());
    }
}
