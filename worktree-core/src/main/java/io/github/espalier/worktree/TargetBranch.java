package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.GitTargetBranch;
import java.nio.file.Path;
import java.util.List;

/**
 * The branch that work lands on. Moves it by compare-and-swap and carries every checkout of it along, as a fast-forward
 * would; where a checkout cannot follow, the branch does not move either. Moves it back in the same way. Thread-safe.
 */
public interface TargetBranch {
    /**
     * The branch of a repository. Checkouts are brought forward with the filters that are configured now.
     *
     * @param repository the repository
     * @param branch the branch, without {@code refs/heads/}
     * @return the target
     * @throws InvalidNameException if git would not take the name
     */
    static TargetBranch of(GitRepository repository, String branch) {
        return of(repository, branch, TrustedConfiguration.of(repository));
    }

    /**
     * The branch of a repository that others may configure meanwhile.
     *
     * @param repository the repository
     * @param branch the branch, without {@code refs/heads/}
     * @param configuration says which filters may run when checkouts are brought forward
     * @return the target
     * @throws InvalidNameException if git would not take the name
     */
    static TargetBranch of(GitRepository repository, String branch, TrustedConfiguration configuration) {
        return new GitTargetBranch(repository, branch, configuration);
    }

    /**
     * Where a branch is, for whoever only wants to know.
     *
     * @param repository the repository
     * @param branch its name without {@code refs/heads/}
     * @return the commit at its tip
     * @throws InvalidNameException if git does not take the name
     * @throws WorktreeException if there is no such branch, or it has no commit yet
     */
    static String tip(GitRepository repository, String branch) {
        return GitTargetBranch.tip(repository, branch);
    }

    /**
     * The branch.
     *
     * @return its name, without {@code refs/heads/}
     */
    String name();

    /**
     * Where it is now.
     *
     * @return the commit, in full
     * @throws WorktreeException if there is no such branch, or it has no commit yet
     */
    String tip();

    /**
     * Moves the branch forward.
     *
     * @param from where it is expected to be
     * @param to a commit that descends from there
     * @param reason goes into the ref's log
     * @return what came of it; only for {@link AdvanceOutcome.Advanced} anything has changed
     * @throws InvalidNameException if a commit is no full object id
     * @throws NotAnAncestorException if the commit does not descend from there
     * @throws WorktreeException if a checkout of the branch cannot be found
     */
    AdvanceOutcome advance(String from, String to, String reason);

    /**
     * Moves the branch back, to undo what came last. Checkouts of it are carried along as by {@link #advance}: edits to other
     * files stay, and one in a file that changes, or that goes, holds the whole step.
     *
     * <p>The commits that are left behind are the caller's business: unless something else holds them, only the branch's log
     * knows them, where it has one, and git's garbage collection takes them in the end. Put them under a ref first.
     *
     * @param from where the branch is expected to be
     * @param to a commit of its history
     * @param reason goes into the ref's log
     * @return what came of it; only for {@link AdvanceOutcome.Advanced} anything has changed
     * @throws InvalidNameException if a commit is no full object id
     * @throws NotAnAncestorException if the commit is not in the history of where the branch is
     * @throws WorktreeException if a checkout of the branch cannot be found
     */
    AdvanceOutcome retreat(String from, String to, String reason);

    /**
     * Undoes what a host that died has left of a move, forward or back: where the branch did not go, no checkout of it may be
     * half way there. To be called when no git process of that host lives any more, before its locks are deleted: they tell
     * which checkouts were left half way. Changes nothing if the branch is anywhere else than it was to move from, or if the
     * commit that it was to move to, which a ref is to hold meanwhile, is no longer there.
     *
     * @param from where the branch was to move from
     * @param to where it was to move to
     * @param locks the locks that were left
     * @return the checkouts that were brought back
     * @throws WorktreeException if one cannot be brought back; its files are as they were left
     */
    List<Path> settle(String from, String to, List<Path> locks);

    /** What came of {@link #advance} or {@link #retreat}. */
    sealed interface AdvanceOutcome {
        /**
         * The branch is at the new commit.
         *
         * @param followed the checkouts of it that were brought along
         */
        record Advanced(List<Path> followed) implements AdvanceOutcome {
            /**
             * Copies the list.
             *
             * @param followed as for the record
             */
            public Advanced {
                followed = List.copyOf(followed);
            }
        }

        /**
         * Somebody else had moved the branch: integrate anew from there.
         *
         * @param actual where it is
         */
        record Moved(String actual) implements AdvanceOutcome {}

        /**
         * A checkout of the branch cannot follow, so the branch stayed.
         *
         * @param checkout the checkout's directory
         * @param reason why, for a person
         * @param paths the paths that are in the way, where known
         */
        record Held(Path checkout, String reason, List<String> paths) implements AdvanceOutcome {
            /**
             * Copies the list.
             *
             * @param checkout as for the record
             * @param reason as for the record
             * @param paths as for the record
             */
            public Held {
                paths = List.copyOf(paths);
            }
        }
    }
}
