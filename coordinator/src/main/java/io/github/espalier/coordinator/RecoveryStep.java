package io.github.espalier.coordinator;

/**
 * What {@link Coordinator#recover} would do for a task.
 *
 * @param run the run whose host died
 * @param task the task; or, where the run was to take a landing back, the landing's id
 * @param what what would be done, for a person
 */
public record RecoveryStep(String run, String task, String what) {}
