package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.Landing;
import io.github.espalier.coordinator.Undo;
import io.github.espalier.coordinator.UndoOutcome;
import io.github.espalier.coordinator.Verification.Verdict;
import io.github.espalier.worktree.IntegrationOutcome;
import io.github.espalier.worktree.IntegrationRequest;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.Refs;
import io.github.espalier.worktree.RevertRequest;
import io.github.espalier.worktree.Reverter;
import io.github.espalier.worktree.StaleLocks;
import io.github.espalier.worktree.TargetBranch.AdvanceOutcome;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a landing back, under the coordinator's lock and with a journal of its own, like a run without agents. */
final class Undoing {
    private static final Logger log = LoggerFactory.getLogger(Undo.class);

    private final OpenRun open;
    private final RunContext context;
    private final Landing landing;

    private Undoing(OpenRun open, Landing landing) {
        this.open = open;
        this.landing = landing;
        context = open.context();
    }

    static UndoOutcome undo(Configuration configuration, String id, Undo how) {
        Landing landing = new JournaledRuns(configuration.repository())
                .landings().stream()
                        .filter(one -> one.id().equals(id)
                                || one.commit().equals(id)
                                || one.published().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new CoordinatorException(
                                id + ": no landing of this name is recorded; espalier status lists those there are"));
        OpenRun open = OpenRun.open(configuration.withTarget(landing.target()));
        try {
            StaleLocks.of(configuration.repository()).remove();
            open.context().worktrees().prune();
            UndoOutcome outcome = new Undoing(open, landing).undo(how);
            over(open, outcome instanceof UndoOutcome.Undone, outcome.describe());
            return outcome;
        } finally {
            open.abandon().ifPresent(e -> log.atWarn().setCause(e).log("Could not close what an undo had opened"));
        }
    }

    private static void over(OpenRun open, boolean undone, String detail) {
        open.context().journal().result("over", Map.of("success", undone, "detail", detail));
    }

    /**
     * Brings one to its end whose host died: it is done if the target was moved, and else not. Nothing of it is done now, for
     * whoever asked for it may not want it any more.
     */
    static void settle(OpenRun open, RunRecord record) {
        Refs refs = open.context().refs();
        String tip = open.target().tip();
        boolean done = record.moves().stream().anyMatch(move -> moved(refs, move, tip));
        if (!done) {
            record.kept()
                    .filter(kept -> refs.read(kept.ref()).equals(Optional.of(kept.commit())))
                    .filter(kept -> refs.isAncestor(kept.commit(), tip))
                    .ifPresent(kept -> refs.delete(kept.ref(), kept.commit()));
        }
        over(open, done, done ? "undone, and then its host died" : "its host died; undo it again");
    }

    /** Where it went on to a new commit, the target has that; where it went back, it has the old one no more. */
    private static boolean moved(Refs refs, RunRecord.Move move, String tip) {
        return refs.isAncestor(move.from(), move.to())
                ? refs.isAncestor(move.to(), tip)
                : !refs.isAncestor(move.from(), tip);
    }

    private UndoOutcome undo(Undo how) {
        String tip = open.target().tip();
        DefaultRun.journal(open, tip, Map.of("kind", "undo", "undoes", landing.id()));
        new AbandonedRooms(context).takeAway();
        if (!context.refs().isAncestor(landing.commit(), tip)) {
            return new UndoOutcome.NotPossible(
                    landing.commit() + " is not on " + landing.target() + "; it was taken back already, or rewritten");
        }
        return how == Undo.REVERT ? revert(tip) : moveBack(tip);
    }

    private UndoOutcome revert(String tip) {
        Reverter reverter = Reverter.of(
                context.repository(),
                open.merger(),
                Clock.system(ZoneId.systemDefault()),
                OpenRun.signing(context.configuration()));
        String message = "Undo " + Messages.oneLine(landing.task()) + "\n\nThis takes back commit " + landing.commit()
                + ".\n\nEspalier-Undoes: " + landing.id() + "\nEspalier-Run: " + context.run() + "\n";
        RevertRequest request = new RevertRequest(tip, landing.onto(), landing.commit(), message, context.identity());
        try (AnchoredIntegrator anchored =
                new AnchoredIntegrator(any -> reverter.revert(request), context.refs(), context.run())) {
            IntegrationOutcome outcome = anchored.integrate(
                    new IntegrationRequest(tip, landing.commit(), LandingStrategy.MERGE, message, context.identity()));
            if (outcome instanceof IntegrationOutcome.Conflicted conflicted) {
                return new UndoOutcome.Conflicted(conflicted.conflicts());
            } else if (outcome instanceof IntegrationOutcome.Integrated made) {
                Optional<UndoOutcome> red = verify(made.commit(), made.tree());
                return red.orElseGet(() -> {
                    intent(tip, made.commit());
                    return outcome(
                            open.target().advance(tip, made.commit(), "espalier: undo " + landing.id()), made.commit());
                });
            }
            return new UndoOutcome.NotPossible("nothing of it is left on " + landing.target());
        }
    }

    private Optional<UndoOutcome> verify(String commit, String tree) {
        try (Verifier verifier = new Verifier(
                context, new VerificationRooms(context, open.trusted()), open.resources(), open.work(), 1)) {
            if (!verifier.isOn()) {
                return Optional.empty();
            }
            Verdict verdict = verifier.verify("undo", commit, tree).verdict().join();
            return verdict.passed()
                    ? Optional.empty()
                    : Optional.of(new UndoOutcome.VerificationFailed(verdict.reason()));
        }
    }

    private UndoOutcome moveBack(String tip) {
        if (!landing.published().equals(landing.commit())) {
            return new UndoOutcome.NotPossible(
                    "it had to wait and was merged anew, perhaps with others; revert it instead");
        }
        if (!tip.equals(landing.commit())) {
            return new UndoOutcome.NotPossible("commits came after it, up to " + tip + "; revert it instead");
        }
        Optional<UndoOutcome> red = wasTip(landing.onto())
                ? Optional.empty()
                : verify(landing.onto(), context.refs().tree(landing.onto()));
        return red.orElseGet(() -> keepAndMoveBack(tip));
    }

    /** Between the landings of a batch are trees that were never the target's, and that nobody has verified. */
    private boolean wasTip(String commit) {
        return new JournaledRuns(context.repository())
                .records().stream()
                        .flatMap(run -> run.moves().stream())
                        .anyMatch(move -> move.from().equals(commit));
    }

    private UndoOutcome keepAndMoveBack(String tip) {
        String ref = "refs/espalier/undone/" + landing.id();
        boolean kept = context.refs().read(ref).isPresent();
        if (!kept) {
            context.journal().intent("keep", Map.of("task", landing.task(), "ref", ref, "commit", tip));
            context.refs().create(ref, tip, "espalier: undone");
        }
        intent(tip, landing.onto());
        UndoOutcome outcome =
                outcome(open.target().retreat(tip, landing.onto(), "espalier: undo " + landing.id()), landing.onto());
        if (!kept && !(outcome instanceof UndoOutcome.Undone)) {
            context.refs().delete(ref, tip);
        }
        return outcome;
    }

    private void intent(String from, String to) {
        context.journal().intent("publish", Map.of("task", landing.task(), "from", from, "to", to));
    }

    private UndoOutcome outcome(AdvanceOutcome outcome, String commit) {
        if (outcome instanceof AdvanceOutcome.Advanced) {
            context.journal().result("publish", Map.of("task", landing.task(), "to", commit));
            log.atInfo()
                    .addKeyValue("landing", landing.id())
                    .addKeyValue("commit", commit)
                    .log("Undid a landing");
            return new UndoOutcome.Undone(commit);
        } else if (outcome instanceof AdvanceOutcome.Held held) {
            return new UndoOutcome.CannotFollow(held.checkout(), held.reason());
        }
        return new UndoOutcome.NotPossible(landing.target() + " moved meanwhile; try again");
    }
}
