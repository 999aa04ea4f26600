package io.github.espalier.worktree;

/** Two commits without a common ancestor: nothing tells what either side changed, so that no merge of them is right. */
public final class UnrelatedHistoriesException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** See {@link #ours()}. */
    private final String ours;
    /** See {@link #theirs()}. */
    private final String theirs;

    /**
     * Creates an exception.
     *
     * @param ours one commit
     * @param theirs the other
     */
    public UnrelatedHistoriesException(String ours, String theirs) {
        super(ours + " and " + theirs + " have no common ancestor; rebase one onto the other's history first");
        this.ours = ours;
        this.theirs = theirs;
    }

    /**
     * Our side.
     *
     * @return the commit's id
     */
    public String ours() {
        return ours;
    }

    /**
     * Their side.
     *
     * @return the commit's id
     */
    public String theirs() {
        return theirs;
    }
}
