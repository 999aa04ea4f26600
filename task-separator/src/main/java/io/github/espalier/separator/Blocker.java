package io.github.espalier.separator;

/** What keeps a task from starting. */
public sealed interface Blocker {
    /**
     * The other task.
     *
     * @return its id
     */
    String task();

    /**
     * A task it depends on has not landed yet.
     *
     * @param task that task
     */
    record DependencyPending(String task) implements Blocker {}

    /**
     * A task it depends on will not land.
     *
     * @param task that task
     */
    record DependencyFailed(String task) implements Blocker {}

    /**
     * A task it conflicts with is active.
     *
     * @param task that task
     * @param conflict why they conflict
     */
    record ConflictsWith(String task, TaskConflict conflict) implements Blocker {}
}
