package io.github.espalier.coordinator;

import java.nio.file.Path;

/** A run's journal that is damaged elsewhere than at its torn end. Nothing was touched. */
public final class JournalDamagedException extends CoordinatorException {
    private static final long serialVersionUID = 1L;

    /** See {@link #file()}. */
    private final transient Path file;
    /** See {@link #line()}. */
    private final int line;

    /**
     * Creates an exception.
     *
     * @param file the journal
     * @param line the first damaged line, from 1
     * @param why what is wrong with it
     */
    public JournalDamagedException(Path file, int line, String why) {
        super(file + ":" + line + ": the journal is damaged (" + why + "); restore it from a backup or move it away");
        this.file = file;
        this.line = line;
    }

    /**
     * The journal.
     *
     * @return its file
     */
    public Path file() {
        return file;
    }

    /**
     * The first damaged line.
     *
     * @return its number, from 1
     */
    public int line() {
        return line;
    }
}
