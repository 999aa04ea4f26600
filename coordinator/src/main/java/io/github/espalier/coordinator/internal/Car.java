package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.Verification.Verdict;
import io.github.espalier.worktree.IntegrationOutcome;
import java.util.List;
import java.util.Optional;

/**
 * Landings that are verified and published together, each merged onto the one before it.
 *
 * @param landings at least one
 * @param job verifies the last one's tree; empty: nothing is verified
 */
record Car(List<Coupled> landings, Optional<Verifier.Job> job) {
    Car {
        landings = List.copyOf(landings);
    }

    /**
     * A merged branch.
     *
     * @param candidate the branch
     * @param onto what it was merged onto
     * @param made the commit
     */
    record Coupled(Candidate candidate, String onto, IntegrationOutcome.Integrated made) {}

    String onto() {
        return landings.get(0).onto();
    }

    Coupled last() {
        return landings.get(landings.size() - 1);
    }

    String commit() {
        return last().made().commit();
    }

    String tree() {
        return last().made().tree();
    }

    /** Empty: it is being verified. */
    Optional<Verdict> verdict() {
        return job.isEmpty()
                ? Optional.of(new Verdict(true, "nothing is verified"))
                : Optional.ofNullable(job.get().verdict().getNow(null));
    }
}
