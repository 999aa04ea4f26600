package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.FailureReason;
import io.github.espalier.coordinator.Instance;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.UncommittedWork;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.Leftovers;
import io.github.espalier.worktree.LeftoversOutcome;
import io.github.espalier.worktree.LeftoversRequest;
import io.github.espalier.worktree.Rescue;
import io.github.espalier.worktree.RescueFailedException;
import io.github.espalier.worktree.RescueMessage;
import io.github.espalier.worktree.RescueOutcome;
import io.github.espalier.worktree.RescueRequest;
import io.github.espalier.worktree.Rescues;
import io.github.espalier.worktree.TargetBranch;
import io.github.espalier.worktree.TargetBranch.AdvanceOutcome;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From an agent's end to a commit that can land, or to a rescue. Thread-safe. */
final class Finishing {
    private static final Logger log = LoggerFactory.getLogger(Finishing.class);

    /** In the journal: a ref that is expected not to be there. */
    private static final String NONE = "";

    private final RunContext context;
    private final Rescue rescue;
    private final Leftovers leftovers;
    private final Guard guard;
    private final TrustedConfiguration trusted;

    Finishing(RunContext context, TrustedConfiguration trusted, Guard guard) {
        this.context = context;
        this.guard = guard;
        rescue = Rescue.of(
                context.repository(), context.configuration().worktrees().untrackedLimit());
        leftovers = Leftovers.of(context.repository(), trusted);
        this.trusted = trusted;
    }

    /** After a good end: what is to land. */
    Work takeOver(Task task, int attempt, Worktree worktree, Instance instance) {
        Guard.Inspection seen = guard.inspect(task, worktree);
        List<String> notes = new ArrayList<>(seen.notes());
        if (seen.refusal().isPresent()) {
            return rescued(task, attempt, worktree, seen.refusal().get(), notes);
        }
        try {
            Optional<String> delivered = instance.delivered();
            return withoutEscapingLinks(task, attempt, worktree, work(task, attempt, worktree, delivered, notes));
        } catch (RuntimeException | Error e) { // of the host's instance too
            log.atError().addKeyValue("task", task.id()).setCause(e).log("Could not take over the work");
            TaskOutcome failed = new TaskOutcome.InstanceFailed(
                    FailureReason.INFRASTRUCTURE, "the work could not be taken over: " + e.getMessage());
            return rescued(task, attempt, worktree, failed, notes);
        }
    }

    private Work work(Task task, int attempt, Worktree worktree, Optional<String> delivered, List<String> notes) {
        if (delivered.isPresent()) {
            return delivered(task, attempt, worktree, delivered.get(), notes);
        }
        return context.configuration().landings().uncommitted() == UncommittedWork.COMMIT
                ? committed(task, attempt, worktree, notes)
                : onlyCommitted(task, attempt, worktree, notes);
    }

    private Work withoutEscapingLinks(Task task, int attempt, Worktree worktree, Work work) {
        if (work.tip().isEmpty()) {
            return work;
        }
        Guard.Inspection seen = guard.inspectLinks(task, worktree, work.tip().get());
        List<String> notes = new ArrayList<>(work.notes());
        notes.addAll(seen.notes());
        return seen.refusal()
                .map(refusal -> rescued(task, attempt, worktree, refusal, notes))
                .orElseGet(() -> landing(work.tip().get(), work.rescue(), notes));
    }

    /** Brings the task's branch, and the worktree that has it out, to what an instance made elsewhere. */
    private Work delivered(Task task, int attempt, Worktree worktree, String commit, List<String> notes) {
        String known = context.refs()
                .commit(commit)
                .orElseThrow(() -> new CoordinatorException("the delivered commit " + commit
                        + " is not in the repository; the launcher must fetch it before it reports the end"));
        TargetBranch branch = TargetBranch.of(context.repository(), worktree.branch(), trusted);
        String tip = branch.tip();
        context.journal().intent("deliver", Map.of("task", task.id(), "from", tip, "to", known));
        if (context.refs().isAncestor(tip, known)
                && branch.advance(tip, known, "espalier: delivered") instanceof AdvanceOutcome.Advanced) {
            return landing(known, Optional.empty(), notes);
        }
        String ref = rescueRef(task, attempt + "-delivered");
        context.refs().create(ref, known, "espalier: delivered");
        TaskOutcome outcome = new TaskOutcome.InstanceFailed(
                FailureReason.UNUSABLE_WORK,
                "the delivered commit " + known + " does not continue " + worktree.branch() + "; it is kept as " + ref);
        return rescued(task, attempt, worktree, outcome, notes);
    }

    private Work committed(Task task, int attempt, Worktree worktree, List<String> notes) {
        String tip = context.refs().read(worktree.ref()).orElse(NONE);
        context.journal().intent("commit", Map.of("task", task.id(), "directory", worktree.directory(), "from", tip));
        LeftoversOutcome outcome = leftovers.commit(
                new LeftoversRequest(worktree, Messages.leftovers(task, context.run()), context.identity()));
        if (outcome instanceof LeftoversOutcome.Committed committed) {
            context.journal().result("commit", Map.of("task", task.id(), "commit", committed.commit()));
            context.publish(now -> new RunEvent.WorkCommitted(now, task.id(), committed.commit()));
            return landing(committed.commit(), Optional.empty(), notes);
        } else if (outcome instanceof LeftoversOutcome.Clean clean) {
            return landing(clean.tip(), Optional.empty(), notes);
        }
        String reason = ((LeftoversOutcome.Impossible) outcome).reason();
        return rescued(
                task, attempt, worktree, new TaskOutcome.InstanceFailed(FailureReason.UNUSABLE_WORK, reason), notes);
    }

    private Work onlyCommitted(Task task, int attempt, Worktree worktree, List<String> notes) {
        Saved saved = save(task, attempt, worktree, "left uncommitted");
        notes.addAll(saved.notes());
        return landing(context.refs().read(worktree.ref()).orElseThrow(), saved.ref(), notes);
    }

    /** After any other end: nothing lands, and everything is kept. */
    Work keep(Task task, int attempt, Worktree worktree, TaskOutcome outcome) {
        return rescued(
                task, attempt, worktree, outcome, guard.inspect(task, worktree).notes());
    }

    /** To be asked once after either, when nobody waits: whether somebody changed the user's checkout, for the report. */
    List<String> lookAtCheckout(Task task) {
        return guard.inspectCheckout(task);
    }

    private Work rescued(Task task, int attempt, Worktree worktree, TaskOutcome outcome, List<String> earlierNotes) {
        List<String> notes = new ArrayList<>(earlierNotes);
        Optional<String> ref = Optional.empty();
        Optional<String> tip = Optional.empty();
        try {
            Saved saved = save(task, attempt, worktree, outcome.describe());
            notes.addAll(saved.notes());
            ref = saved.ref();
            tip = context.refs().read(worktree.ref());
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("task", task.id())
                    .addKeyValue("directory", worktree.directory())
                    .setCause(e)
                    .log("Could not rescue; the worktree stays");
            notes.add("the work could not be rescued and lies in " + worktree.directory() + ": " + e.getMessage());
        }
        return new Work(Optional.empty(), Optional.of(outcome), tip, ref, notes);
    }

    /**
     * What a rescue came to.
     *
     * @param ref the ref that holds the work; empty: there was none to hold
     * @param complete whether everything was saved that a removal would take
     * @param notes for the report
     */
    record Saved(Optional<String> ref, boolean complete, List<String> notes) {
        Saved {
            notes = List.copyOf(notes);
        }
    }

    Saved save(Task task, int attempt, Worktree worktree, String reason) {
        return save(task, String.valueOf(attempt), attempt, worktree, reason);
    }

    /** The same under another last part of the ref's name. */
    Saved save(Task task, String name, int attempt, Worktree worktree, String reason) {
        String ref = rescueRef(task, name);
        context.journal()
                .intent(
                        "rescue",
                        Map.of("task", task.id(), "ref", ref, "from", NONE, "directory", worktree.directory()));
        RescueOutcome outcome;
        try {
            outcome = rescue.save(new RescueRequest(
                    worktree,
                    ref,
                    new RescueMessage(task.id(), context.run(), attempt, context.now(), reason).text(),
                    context.configuration().worktrees().rescueIgnored()));
        } catch (RescueFailedException e) {
            // Without a cause nothing broke: the worktree is gone and nothing of it is known to be left.
            if (e.getCause() != null || Files.exists(worktree.directory(), LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            return new Saved(Optional.empty(), true, List.of(String.valueOf(e.getMessage())));
        }
        if (!(outcome instanceof RescueOutcome.Saved saved)) {
            return new Saved(Optional.empty(), true, List.of());
        }
        context.journal().result("rescue", Map.of("task", task.id(), "ref", saved.ref(), "commit", saved.commit()));
        context.publish(now -> new RunEvent.WorkRescued(now, task.id(), saved.ref()));
        List<String> notes = saved.leftOut().stream()
                .map(left -> "not in the rescue, still in " + worktree.directory() + ": " + left)
                .toList();
        return new Saved(Optional.of(saved.ref()), notes.isEmpty(), notes);
    }

    private String rescueRef(Task task, String name) {
        return Rescues.PREFIX + context.run() + "/" + TaskNames.slug(task.id()) + "/" + name;
    }

    private static Work landing(String tip, Optional<String> rescue, List<String> notes) {
        return new Work(Optional.of(tip), Optional.empty(), Optional.of(tip), rescue, notes);
    }
}
