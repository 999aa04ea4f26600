package io.github.espalier.separator;

/** A declared path that is none in a repository. */
public final class InvalidPathException extends SeparationException {
    private static final long serialVersionUID = 1L;

    /** The path. */
    private final String path;

    /**
     * Creates an exception.
     *
     * @param path the path as it was declared
     * @param why what is wrong with it, and the remedy
     */
    public InvalidPathException(String path, String why) {
        super("path \"" + path.replaceAll("\\p{Cntrl}", "?") + "\": " + why);
        this.path = path;
    }

    /**
     * The path.
     *
     * @return as it was declared
     */
    public String path() {
        return path;
    }
}
