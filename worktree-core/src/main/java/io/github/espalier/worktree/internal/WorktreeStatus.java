package io.github.espalier.worktree.internal;

import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;

/** One look at a worktree, by {@code git status}, which no setting of the repository's can shorten. */
final class WorktreeStatus {
    private WorktreeStatus() {}

    /**
     * Whether its files and its index are those of its commit, and nothing lies beside them but what is ignored. Of submodules
     * only the commit is looked at: in them git would run what is configured there.
     *
     * @param configuration what is known, or git could run filters that were configured since
     */
    static boolean isClean(Worktree worktree, TrustedConfiguration configuration) {
        return Git.in(worktree)
                        .offline()
                        .trusting(configuration)
                        .command(
                                "status",
                                "--porcelain",
                                "-z",
                                "--untracked-files=normal",
                                "--ignore-submodules=dirty",
                                "--no-renames")
                        .config("core.untrackedCache", "false")
                        .config("core.trustctime", "true")
                        .config("core.checkStat", "default")
                        .run()
                        .bytes()
                        .length
                == 0;
    }
}
