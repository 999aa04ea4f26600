package io.github.espalier.worktree;

/** An ignored file that cannot be brought into a new worktree as asked. */
public final class IgnoredFilesException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** The path as given. */
    private final String path;

    /**
     * Creates an exception.
     *
     * @param path the path as given
     * @param why what is wrong with it, and the remedy
     */
    public IgnoredFilesException(String path, String why) {
        super(path + ": " + why);
        this.path = path;
    }

    /**
     * The path.
     *
     * @return the path as given
     */
    public String path() {
        return path;
    }
}
