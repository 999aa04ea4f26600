package io.github.espalier.worktree.fidelity;

import java.util.Random;
import java.util.SortedMap;

/** A base and two sides that come from it. */
record MergeCase(
        SortedMap<String, TreeEntry> base, SortedMap<String, TreeEntry> ours, SortedMap<String, TreeEntry> theirs) {

    static MergeCase random(Random random) {
        RandomEdits edits = new RandomEdits(random);
        SortedMap<String, TreeEntry> base = edits.base();
        return new MergeCase(base, edits.edited(base), edits.edited(base));
    }
}
