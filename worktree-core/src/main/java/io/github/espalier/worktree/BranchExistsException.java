package io.github.espalier.worktree;

/** A branch that was to be made and cannot be, because one is in its place. It was not moved. */
public final class BranchExistsException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** See {@link #branch()}. */
    private final String branch;

    /**
     * Creates an exception.
     *
     * @param branch the branch that was to be made, without {@code refs/heads/}
     * @param why what is in its place, and the remedy
     */
    public BranchExistsException(String branch, String why) {
        super(branch + ": " + why);
        this.branch = branch;
    }

    /**
     * The branch that was to be made.
     *
     * @return its name, without {@code refs/heads/}
     */
    public String branch() {
        return branch;
    }
}
