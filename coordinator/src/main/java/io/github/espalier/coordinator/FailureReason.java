package io.github.espalier.coordinator;

/** Why an instance did not bring work that could land. */
public enum FailureReason {
    /** It ended with an exit code other than 0. */
    EXIT_CODE,
    /** A signal that was not ours ended it. */
    KILLED,
    /** Its launcher can no longer tell what became of it. */
    LOST,
    /** It ended, and nobody saw how. */
    UNKNOWN,
    /** Its worktree could not be made. */
    WORKTREE,
    /** The set-up of its worktree failed. */
    SETUP,
    /** It could not be started. */
    LAUNCH,
    /** It ended well, but left work that cannot be taken over, such as a merge half done or a branch it switched to. */
    UNUSABLE_WORK,
    /**
     * It ended well, but configuration, hooks or other files that rule git are not as they were when the run began, and the
     * host refuses that. Which agent changed them is not known.
     */
    TAMPERED,
    /** It ended well, but its work has symbolic links that lead out of the repository, and the host refuses that. */
    ESCAPING_LINK,
    /** It ended well, and git or the machine failed afterwards. */
    INFRASTRUCTURE
}
