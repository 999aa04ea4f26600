package io.github.espalier.examples.view;

import io.github.espalier.coordinator.InstanceIdentity;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.worktree.FileChange;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;

/** Events in words. */
final class EventText {
    private static final int SHORT_ID = 10;

    private EventText() {}

    /** What happened, in a line that may still hold characters a terminal would act on. */
    static String describe(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            return "run " + started.run() + " begins: " + count(started.tasks().size(), "task");
        } else if (event instanceof RunEvent.RunFinished finished) {
            return "run " + finished.run() + " is over";
        } else if (event instanceof RunEvent.TaskWaiting waiting) {
            return "waits: " + waiting.reason().detail();
        } else if (event instanceof RunEvent.WorktreeReady ready) {
            return "worktree " + ready.worktree() + " on " + ready.branch() + " from " + shortId(ready.base());
        } else if (event instanceof RunEvent.InstanceStarted started) {
            int attempt = started.identity().name().attempt();
            boolean loose = "false".equals(started.identity().properties().get(InstanceIdentity.NAMESPACE));
            return "agent runs" + (attempt == 1 ? "" : ", attempt " + attempt)
                    + (loose ? ", without a PID namespace" : "");
        } else if (event instanceof RunEvent.InstanceEnded ended) {
            return "agent ended: " + ended.end().describe();
        } else if (event instanceof RunEvent.WorkCommitted committed) {
            return "committed what was left uncommitted as " + shortId(committed.commit());
        } else if (event instanceof RunEvent.WorkRescued rescued) {
            return "rescued to " + rescued.ref();
        } else if (event instanceof RunEvent.LandingStarted landing) {
            return "lands on " + shortId(landing.onto());
        } else if (event instanceof RunEvent.VerificationStarted started) {
            return "verifies " + shortId(started.commit());
        } else if (event instanceof RunEvent.VerificationEnded ended) {
            return ended.passed() ? "verification passed" : "verification failed";
        } else if (event instanceof RunEvent.Tampered tampered) {
            return (tampered.harmless() ? "changed, harmlessly: " : "changed while agents ran: ")
                    + tampered.changes().stream().map(FileChange::describe).collect(Collectors.joining("; "));
        } else if (event instanceof RunEvent.CheckoutChanged changed) {
            return "the checkout changed while agents ran: " + String.join(", ", changed.paths());
        } else if (event instanceof RunEvent.LinksEscape escape) {
            return "adds links that lead out of the repository: "
                    + escape.links().stream()
                            .map(link -> link.path() + " -> " + link.target())
                            .collect(Collectors.joining(", "));
        } else if (event instanceof RunEvent.ConflictAhead ahead) {
            return AheadText.describe(ahead);
        } else if (event instanceof RunEvent.FootprintExceeded exceeded) {
            return "works on what its task does not name: " + AheadText.shortened(", ", exceeded.paths());
        } else if (event instanceof RunEvent.TaskSetBack setBack) {
            return "is stopped in favour of " + setBack.inFavourOf() + ", and done again after it";
        } else if (event instanceof RunEvent.Noted noted) {
            return "note: " + noted.message();
        } else if (event instanceof RunEvent.Replanned replanned) {
            return replanned.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "; all should be over at "
                    + replanned.end().truncatedTo(ChronoUnit.SECONDS);
        } else if (event instanceof RunEvent.TaskFinished finished) {
            return finished.outcome().describe();
        }
        return event.toString();
    }

    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    static String shortId(String commit) {
        return commit.length() <= SHORT_ID ? commit : commit.substring(0, SHORT_ID);
    }
}
