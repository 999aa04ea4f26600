package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.TaskOutcome;
import java.util.List;

/**
 * What came of a landing.
 *
 * @param outcome what the task came to
 * @param settled what became of landings that were held before
 * @param notes for the report
 */
record LandingResult(TaskOutcome outcome, LandingLine.Settled settled, List<String> notes) {
    LandingResult {
        notes = List.copyOf(notes);
    }

    LandingResult(TaskOutcome outcome) {
        this(outcome, LandingLine.Settled.NOTHING, List.of());
    }
}
