package io.github.espalier.coordinator;

import java.time.Instant;
import java.util.Optional;

/**
 * An attempt to take a landing back, as its journal tells it.
 *
 * @param run its id: it has a journal like a run's
 * @param landing the landing's id
 * @param target the branch that it landed on
 * @param startedAt when it began
 * @param endedAt when it was over; empty: it is under way, or its host ended before it did
 * @param undone whether the landing was taken back
 * @param detail what came of it, in a line; empty: none is recorded
 */
public record RecordedUndo(
        String run,
        String landing,
        String target,
        Instant startedAt,
        Optional<Instant> endedAt,
        boolean undone,
        Optional<String> detail) {}
