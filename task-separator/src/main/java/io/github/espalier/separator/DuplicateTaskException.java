package io.github.espalier.separator;

/** Two tasks of a batch have one id. */
public final class DuplicateTaskException extends SeparationException {
    private static final long serialVersionUID = 1L;

    /** The id. */
    private final String task;

    /**
     * Creates an exception.
     *
     * @param task the id that is there twice
     */
    public DuplicateTaskException(String task) {
        super("task \"" + task + "\" is there twice; give each task an id of its own");
        this.task = task;
    }

    /**
     * The id.
     *
     * @return the id that is there twice
     */
    public String task() {
        return task;
    }
}
