package io.github.espalier.coordinator;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One running agent. Nothing here assumes that it runs on this machine. Thread-safe.
 */
public interface Instance {
    /**
     * What to record to find it again.
     *
     * @return the identity; the same for the instance's whole life
     */
    InstanceIdentity identity();

    /**
     * Its end.
     *
     * @return completes normally, once, when nothing of the instance runs any more, or when it is lost; never exceptionally.
     *     An instance whose end is told in no such way counts as lost
     */
    CompletionStage<InstanceEnd> completion();

    /**
     * Asks it to end, and ends it by force after the grace. Returns at once; the end shows in {@link #completion()}. Idempotent.
     *
     * @param grace how long it may take to end by itself
     */
    void stop(Duration grace);

    /**
     * What it has printed.
     *
     * @return the log
     */
    InstanceLog log();

    /**
     * What it uses of its machine.
     *
     * @return the present usage; empty: the launcher cannot tell
     */
    default Optional<InstanceUsage> usage() {
        return Optional.empty();
    }

    /**
     * The commit it delivered, for an instance that did not work in the worktree it was given. Asked once, after its end.
     *
     * @return the commit's id, already in the repository's objects; empty: the work is in the worktree
     */
    default Optional<String> delivered() {
        return Optional.empty();
    }
}
