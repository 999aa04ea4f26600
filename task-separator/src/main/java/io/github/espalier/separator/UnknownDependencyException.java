package io.github.espalier.separator;

/** A task depends on one that is not in the batch. */
public final class UnknownDependencyException extends SeparationException {
    private static final long serialVersionUID = 1L;

    /** The task. */
    private final String task;
    /** What it depends on. */
    private final String dependency;

    /**
     * Creates an exception.
     *
     * @param task the task
     * @param dependency what it depends on
     */
    public UnknownDependencyException(String task, String dependency) {
        super("task \"" + task + "\" depends on \"" + dependency
                + "\", which is not among the tasks; add that task or drop the dependency");
        this.task = task;
        this.dependency = dependency;
    }

    /**
     * The task.
     *
     * @return its id
     */
    public String task() {
        return task;
    }

    /**
     * What it depends on.
     *
     * @return the id that no task has
     */
    public String dependency() {
        return dependency;
    }
}
