package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.MergeOutcome;
import io.github.espalier.worktree.MergeRequest;
import io.github.espalier.worktree.Merger;

/** A merger that need not look up again what its caller has looked up already: each look-up is a process. */
interface CommitMerger extends Merger {

    /** Merges two commits whose trees are known. */
    MergeOutcome merge(Revisions.Commit ours, Revisions.Commit theirs);

    /** Merges by any merger, without a second look-up where the merger can. */
    static MergeOutcome merge(Merger merger, Revisions.Commit ours, Revisions.Commit theirs) {
        return merger instanceof CommitMerger direct
                ? direct.merge(ours, theirs)
                : merger.merge(new MergeRequest(ours.id(), theirs.id()));
    }
}
