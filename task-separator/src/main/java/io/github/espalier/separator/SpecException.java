package io.github.espalier.separator;

import java.nio.file.Path;

/** A specification or roadmap that cannot be read. */
public final class SpecException extends SeparationException {
    private static final long serialVersionUID = 1L;

    /** The file. */
    private final transient Path file;

    /**
     * Creates an exception.
     *
     * @param file the file or folder
     * @param line the line, from 1; 0: the whole file
     * @param why what is wrong, and the remedy
     */
    public SpecException(Path file, int line, String why) {
        super(file + (line > 0 ? ":" + line : "") + ": " + why);
        this.file = file;
    }

    /**
     * The file.
     *
     * @return the file or folder
     */
    public Path file() {
        return file;
    }
}
