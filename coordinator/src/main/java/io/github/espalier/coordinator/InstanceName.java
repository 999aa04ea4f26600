package io.github.espalier.coordinator;

/**
 * Names one launch, so that launching it twice can be recognised: the same run, task and attempt is the same launch.
 *
 * @param run the run's id
 * @param task the task's id
 * @param attempt 1 for the first launch of the task in this run
 */
public record InstanceName(String run, String task, int attempt) {
    @Override
    public String toString() {
        return run + "/" + task + "/" + attempt;
    }
}
