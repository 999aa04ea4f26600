package io.github.espalier.examples.view;

import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.TaskReport;

/** What a person can do about a task that did not land. */
final class Advice {
    private Advice() {}

    static String about(TaskReport task) {
        TaskOutcome outcome = task.outcome();
        if (task.attempts() == 0 && task.commit().isPresent()) {
            return aboutBranch(outcome);
        } else if (outcome instanceof TaskOutcome.Conflicted) {
            return "merge the target into the branch in its worktree, resolve, and merge the branch; or run the task again";
        } else if (outcome instanceof TaskOutcome.VerificationFailed) {
            return "read the log of the verification, mend the branch in its worktree and merge it; or run the task again";
        } else if (outcome instanceof TaskOutcome.Held held) {
            return held(held);
        } else if (outcome instanceof TaskOutcome.Skipped skipped) {
            return "land " + skipped.dependency() + " first, then run this task";
        } else if (outcome instanceof TaskOutcome.NothingToLand) {
            return "see its log for why it changed nothing";
        }
        if (task.log().isEmpty()) {
            return "remove the cause and run the task again";
        }
        return task.rescue()
                .map(ref -> "see its log; what it had not committed is in: git show --stat " + ref)
                .orElse("see its log; what it had committed is on its branch, where it was given one");
    }

    /** No agent wrote it, at least not now, and it has no worktree of ours. */
    private static String aboutBranch(TaskOutcome outcome) {
        if (outcome instanceof TaskOutcome.Conflicted) {
            return "merge the target into the branch, resolve, and land it again";
        } else if (outcome instanceof TaskOutcome.VerificationFailed) {
            return "read the log of the verification, mend the branch and land it again";
        } else if (outcome instanceof TaskOutcome.Held held) {
            return held(held);
        } else if (outcome instanceof TaskOutcome.NothingToLand) {
            return "the target holds all of it already";
        }
        return "remove the cause and land it again";
    }

    private static String held(TaskOutcome.Held held) {
        return "commit or put away the edits in " + held.checkout()
                + "; the next run on this target lands it, or: git merge " + held.ref();
    }
}
