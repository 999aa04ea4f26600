package io.github.espalier.coordinator;

import io.github.espalier.coordinator.internal.CommandResolver;
import io.github.espalier.worktree.ConflictDetail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Resolves a conflict between a finished branch and the target. It gets a worktree of its own with the conflict checked out,
 * as {@code git merge} leaves it, and edits the files there; it may commit or not. What it leaves is taken only if no marker
 * is left, every path in conflict was decided, nothing else has changed but what is allowed, and the merged tree passes the
 * verification. Thread-safe.
 *
 * <pre>{@code
 * .onConflict(ConflictPolicy.resolve(ConflictResolver.command("code-developer", "--resolve={conflicts}")).attempts(2))
 * }</pre>
 */
@FunctionalInterface
public interface ConflictResolver {
    /**
     * Resolves nothing: a conflict stays one, and no worktree is made for it. The default.
     *
     * @return the resolver
     */
    static ConflictResolver none() {
        return CommandResolver.NONE;
    }

    /**
     * Runs a command in the worktree; it has done its work if its exit code is 0. In its arguments {@code {task}},
     * {@code {worktree}}, {@code {ours}}, {@code {theirs}} and {@code {conflicts}}, a file that tells the conflicts, are
     * replaced, and its environment has them as {@code ESPALIER_TASK} and so on. No shell reads them.
     *
     * @param argv the program and its arguments
     * @return the resolver
     */
    static ConflictResolver command(String... argv) {
        return new CommandResolver(List.of(argv));
    }

    /**
     * Resolves a conflict. It is interrupted when its time is up.
     *
     * @param request the conflict
     * @return false: it gives up
     * @throws Exception if it fails, which is the same to the task
     */
    boolean resolve(Request request) throws Exception;

    /**
     * A conflict to resolve.
     *
     * @param task the task whose branch does not go together with the target
     * @param directory the worktree; our side is checked out, their side is being merged
     * @param ours the target's commit
     * @param theirs the branch's last commit
     * @param details what is in conflict
     * @param attempt 1 for the first
     * @param timeLimit how long it may take
     * @param conflicts a file that tells the details as text
     * @param log a file for what it prints
     */
    record Request(
            String task,
            Path directory,
            String ours,
            String theirs,
            List<ConflictDetail> details,
            int attempt,
            Duration timeLimit,
            Path conflicts,
            Path log) {
        /**
         * Copies the list.
         *
         * @param task as for the record
         * @param directory as for the record
         * @param ours as for the record
         * @param theirs as for the record
         * @param details as for the record
         * @param attempt as for the record
         * @param timeLimit as for the record
         * @param conflicts as for the record
         * @param log as for the record
         */
        public Request {
            details = List.copyOf(details);
        }
    }
}
