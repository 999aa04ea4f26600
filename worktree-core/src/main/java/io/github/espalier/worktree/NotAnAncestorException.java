package io.github.espalier.worktree;

/** A commit that is not in another's history, where the one has to come before the other. Nothing was changed. */
public final class NotAnAncestorException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** See {@link #ancestor()}. */
    private final String ancestor;
    /** See {@link #descendant()}. */
    private final String descendant;

    /**
     * Creates an exception.
     *
     * @param ancestor the commit that was expected to come first
     * @param descendant the commit that was expected to descend from it
     * @param remedy what that would have led to, and what to do instead
     */
    public NotAnAncestorException(String ancestor, String descendant, String remedy) {
        super(descendant + " does not descend from " + ancestor + ": " + remedy);
        this.ancestor = ancestor;
        this.descendant = descendant;
    }

    /**
     * The commit that was expected to come first.
     *
     * @return its id
     */
    public String ancestor() {
        return ancestor;
    }

    /**
     * The commit that was expected to descend from the other.
     *
     * @return its id
     */
    public String descendant() {
        return descendant;
    }
}
