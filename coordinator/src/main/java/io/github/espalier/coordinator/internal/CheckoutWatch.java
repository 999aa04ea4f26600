package io.github.espalier.coordinator.internal;

import io.github.espalier.worktree.CheckoutSnapshot;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.WorktreeException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees whether somebody works in the user's checkout while agents run. A difference is told once, to whoever asks first.
 * Thread-safe.
 */
final class CheckoutWatch {
    private static final Logger log = LoggerFactory.getLogger(CheckoutWatch.class);

    private final RunContext context;
    private final TrustedConfiguration trusted;
    private final LandingLine line;
    private Optional<CheckoutSnapshot> last;

    CheckoutWatch(RunContext context, TrustedConfiguration trusted, LandingLine line) {
        this.context = context;
        this.trusted = trusted;
        this.line = line;
        last = context.configuration().guards().watchCheckout() ? snapshot() : Optional.empty();
    }

    /** What is different from the last time. */
    synchronized List<String> differences() {
        if (last.isEmpty()) {
            return List.of();
        }
        Optional<CheckoutSnapshot> now = snapshot();
        List<String> differences =
                now.map(snapshot -> snapshot.differencesSince(last.get())).orElse(List.of());
        now.ifPresent(snapshot -> last = now);
        return differences;
    }

    /** Not while a landing brings the checkout forward. */
    private Optional<CheckoutSnapshot> snapshot() {
        try {
            return line.still(() -> CheckoutSnapshot.of(
                    context.repository(), trusted, context.configuration().target()));
        } catch (WorktreeException e) {
            log.atWarn().addKeyValue("run", context.run()).setCause(e).log("Could not look at the user's checkout");
            return Optional.empty();
        }
    }
}
