package io.github.espalier.worktree;

/** A revision that names no commit of the repository. */
public final class UnknownRevisionException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** See {@link #revision()}. */
    private final String revision;

    /**
     * Creates an exception.
     *
     * @param revision the revision that was given
     */
    public UnknownRevisionException(String revision) {
        super("\"" + revision + "\" names no commit here; give a branch, a tag or a commit id that exists");
        this.revision = revision;
    }

    /**
     * The revision that was given.
     *
     * @return the revision
     */
    public String revision() {
        return revision;
    }
}
