package io.github.espalier.worktree;

/** A directory or branch that a new worktree was to have, and that is there already. Nothing was changed. */
public final class WorktreeExistsException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** See {@link #inTheWay()}. */
    private final String inTheWay;

    /**
     * Creates an exception.
     *
     * @param inTheWay the directory or branch that is there already
     * @param why why it was not adopted, and the remedy
     */
    public WorktreeExistsException(String inTheWay, String why) {
        super(inTheWay + ": " + why);
        this.inTheWay = inTheWay;
    }

    /**
     * What is in the way.
     *
     * @return the directory, or the branch
     */
    public String inTheWay() {
        return inTheWay;
    }
}
