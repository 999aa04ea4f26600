package io.github.espalier.coordinator.internal;

import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.Rescues;
import io.github.espalier.worktree.Worktree;
import java.util.Map;

/** Keeps the commits of a branch of ours that is to be deleted: a resolver may have committed on it, and a rescue holds files. */
final class BranchKeeping {
    private BranchKeeping() {}

    /**
     * Makes a ref that holds the branch's commits, unless the branch is where it began.
     *
     * @param run the run that the branch was made in
     * @param task the task that it was made for
     * @param name what the ref's last part begins with
     * @return where the branch is, and may be deleted at
     */
    static String keep(RunContext context, String run, String task, String name, Worktree worktree) {
        Refs refs = context.refs();
        String tip = refs.read(worktree.ref()).orElse(worktree.base());
        if (!tip.equals(worktree.base())) {
            String ref = Rescues.PREFIX + run + "/" + TaskNames.slug(task) + "/" + name + "-" + tip.substring(0, 12);
            if (refs.read(ref).isEmpty()) {
                context.journal().intent("keep-commits", Map.of("ref", ref, "commit", tip));
                refs.create(ref, tip, "espalier: committed by a resolver");
            }
        }
        return tip;
    }
}
