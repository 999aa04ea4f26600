package io.github.espalier.examples.view;

import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.TaskReport;

/** What a person can do about a task that did not land. */
final class Advice {
    private Advice() {}

    static String about(TaskReport task) {
        TaskOutcome outcome = task.outcome();
        if (outcome instanceof TaskOutcome.Conflicted) {
            return "merge the target into the branch in its worktree, resolve, and merge the branch; or run the task again";
        } else if (outcome instanceof TaskOutcome.VerificationFailed) {
            return "read the log of the verification, mend the branch in its worktree and merge it; or run the task again";
        } else if (outcome instanceof TaskOutcome.Held held) {
            return "commit or put away the edits in " + held.checkout()
                    + "; the next run on this target lands it, or: git" + " merge " + held.ref();
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
}
