package io.github.espalier.worktree;

import io.github.espalier.worktree.internal.Revisions;

/**
 * A change to be taken out of a target again: all that came between two commits. For a single commit that is from its
 * parent to itself; for a merge that landed, from the target before it, its first parent; for a landing of several commits,
 * from the target before it to the target after it.
 *
 * @param onto the commit the target is at: an id or a revision
 * @param from the commit before the change: an id or a revision
 * @param to the last commit of the change: an id or a revision
 * @param message the new commit's message
 * @param committer the new commit's author and committer
 */
public record RevertRequest(String onto, String from, String to, String message, Identity committer) {
    /**
     * Checks the form of the revisions and the message.
     *
     * @param onto as for the record
     * @param from as for the record
     * @param to as for the record
     * @param message as for the record
     * @param committer as for the record
     * @throws InvalidNameException if a revision is blank, starts with {@code -}, or has a control character; or if the
     *     message is blank or has a NUL character
     */
    public RevertRequest {
        Revisions.check(onto);
        Revisions.check(from);
        Revisions.check(to);
        if (message.isBlank() || message.indexOf('\0') >= 0) {
            throw new InvalidNameException(message, "a commit message needs text, and cannot hold a NUL character");
        }
    }
}
