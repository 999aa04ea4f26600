package io.github.espalier.coordinator;

/** Is told what happens in a run, in order, one event at a time, off the run's critical path. What it throws is logged. */
@FunctionalInterface
public interface RunListener {
    /**
     * Something happened.
     *
     * @param event what
     */
    void onEvent(RunEvent event);
}
