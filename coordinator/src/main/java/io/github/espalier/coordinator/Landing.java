package io.github.espalier.coordinator;

import java.time.Instant;

/**
 * A landing as the journals tell it.
 *
 * @param id tells it from every other: the run's id, {@code /}, and the task's id made safe for a ref
 * @param run the run
 * @param task the task's id
 * @param target the branch it landed on
 * @param onto the commit it was made onto
 * @param commit the commit that was made of it
 * @param published what it came in as: the same commit, or, where it had to wait and the target moved meanwhile, the one by
 *     which it was merged anew, perhaps with others that waited before it
 * @param tip the last commit of the task's own branch
 * @param at when
 */
public record Landing(
        String id,
        String run,
        String task,
        String target,
        String onto,
        String commit,
        String published,
        String tip,
        Instant at) {}
