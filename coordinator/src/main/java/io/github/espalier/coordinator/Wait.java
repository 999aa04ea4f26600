package io.github.espalier.coordinator;

import java.time.Instant;

/**
 * A time a task spent waiting for one reason.
 *
 * @param since when it began
 * @param until when it ended
 * @param reason the reason
 */
public record Wait(Instant since, Instant until, WaitReason reason) {}
