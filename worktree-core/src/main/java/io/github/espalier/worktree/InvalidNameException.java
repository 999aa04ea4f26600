package io.github.espalier.worktree;

/** A branch, ref or directory name that git would refuse or misread. */
public final class InvalidNameException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** See {@link #name()}. */
    private final String name;

    /**
     * Creates an exception.
     *
     * @param name the name that was given
     * @param why what is wrong with it, and the remedy
     */
    public InvalidNameException(String name, String why) {
        super("\"" + name + "\": " + why);
        this.name = name;
    }

    /**
     * The name that was given.
     *
     * @return the name
     */
    public String name() {
        return name;
    }
}
