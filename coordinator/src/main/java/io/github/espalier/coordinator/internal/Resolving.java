package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.ConflictPolicy;
import io.github.espalier.coordinator.ConflictResolver;
import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.ConflictCheckout;
import io.github.espalier.worktree.ConflictDetail;
import io.github.espalier.worktree.Removal;
import io.github.espalier.worktree.Resolution;
import io.github.espalier.worktree.Signing;
import io.github.espalier.worktree.TrustedConfiguration;
import io.github.espalier.worktree.Worktree;
import io.github.espalier.worktree.WorktreeException;
import io.github.espalier.worktree.WorktreeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets somebody resolve a conflict in a worktree of its own, and takes what comes of it if it is whole. Thread-safe. */
final class Resolving {
    private static final Logger log = LoggerFactory.getLogger(ConflictResolver.class);

    private final RunContext context;
    private final LandingLine line;
    private final Finishing finishing;
    private final TrustedConfiguration trusted;
    private final Signing signing;
    private final Timer timer;
    private final Set<Interruptible> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    Resolving(
            RunContext context,
            LandingLine line,
            Finishing finishing,
            TrustedConfiguration trusted,
            Signing signing,
            Timer timer) {
        this.context = context;
        this.line = line;
        this.finishing = finishing;
        this.trusted = trusted;
        this.signing = signing;
        this.timer = timer;
    }

    /**
     * What came of an attempt.
     *
     * @param tip a commit that holds both sides and can land; empty: it is not resolved
     * @param notes for the report
     */
    record Resolved(Optional<String> tip, List<String> notes) {
        Resolved {
            notes = List.copyOf(notes);
        }
    }

    /** Where a resolution is kept, whatever becomes of it. */
    static String ref(String run, String task, int attempt) {
        return "refs/espalier/resolved/" + run + "/" + TaskNames.slug(task) + "/" + attempt;
    }

    /**
     * One attempt at a conflict.
     *
     * @param task whose work is in conflict
     * @param number its number
     * @param ours what the target holds
     * @param theirs the task's work
     * @param conflicted what does not go together
     */
    private record Attempt(Task task, int number, String ours, String theirs, TaskOutcome.Conflicted conflicted) {
        String name() {
            return "resolve-" + number;
        }

        String ref(RunContext context) {
            return Resolving.ref(context.run(), task.id(), number);
        }

        Map<String, Object> entry(WorktreeRequest request) {
            return Map.of(
                    "task",
                    task.id(),
                    "attempt",
                    number,
                    "directory",
                    request.directory(),
                    "branch",
                    request.branch(),
                    "commit",
                    ours,
                    "tip",
                    theirs);
        }
    }

    Resolved resolve(Task task, String tip, TaskOutcome.Conflicted conflicted, int number) {
        Attempt attempt = new Attempt(task, number, line.tip(), tip, conflicted);
        String name = "resolve-" + context.run() + "-" + TaskNames.slug(task.id()) + "-" + number;
        WorktreeRequest request = new WorktreeRequest(
                context.repository().parent().resolve(context.repository().name() + "-wt" + name),
                "espalier/" + name,
                attempt.ours());
        context.journal().intent("resolve", attempt.entry(request));
        try {
            Worktree worktree = context.worktrees().add(request);
            return settle(attempt, worktree, resolution(attempt, worktree));
        } catch (RuntimeException e) { // the task has its outcome all the same
            return new Resolved(Optional.empty(), List.of("resolution " + number + " broke: " + broken(attempt, e)));
        }
    }

    private static String broken(Attempt attempt, RuntimeException e) {
        log.atWarn().addKeyValue("task", attempt.task().id()).setCause(e).log("Could not resolve");
        return String.valueOf(e.getMessage());
    }

    /** Whatever breaks: what was done is kept as one that was not taken. */
    private Resolution resolution(Attempt attempt, Worktree worktree) {
        try {
            ConflictCheckout checkout =
                    ConflictCheckout.begin(context.repository(), trusted, worktree, attempt.ours(), attempt.theirs());
            Optional<String> failure = work(attempt, worktree);
            if (failure.isPresent()) {
                return new Resolution.Rejected(List.of(failure.get()));
            }
            Resolution resolution = checkout.finish(
                    attempt.conflicted().conflicts(),
                    policy()::allows,
                    Messages.resolution(attempt.task(), context.run()),
                    context.identity(),
                    signing);
            if (resolution instanceof Resolution.Accepted accepted) {
                keep(accepted.commit(), attempt.ref(context), attempt.ours());
            }
            return resolution;
        } catch (RuntimeException e) {
            return new Resolution.Rejected(List.of("it broke: " + broken(attempt, e)));
        }
    }

    private ConflictPolicy policy() {
        return context.configuration().landings().conflicts();
    }

    /** Until a ref held it, a user's garbage collection may have taken objects of it; the files still have the content. */
    private void keep(String commit, String ref, String known) {
        if (!AnchoredIntegrator.anchor(context.refs(), context.run(), commit, List.of(), known)) {
            throw new CoordinatorException("objects of the resolution " + commit
                    + " are missing, for somebody collects garbage here with --prune=now");
        }
        context.refs().create(ref, commit, "espalier: resolved");
    }

    /** Why there is nothing to take; empty: it says that it has done its work. */
    private Optional<String> work(Attempt attempt, Worktree worktree) {
        ConflictPolicy policy = policy();
        Path folder = context.folder(attempt.task().id(), attempt.name());
        List<ConflictDetail> details = attempt.conflicted().details();
        ConflictResolver.Request request = new ConflictResolver.Request(
                attempt.task().id(),
                worktree.directory(),
                attempt.ours(),
                attempt.theirs(),
                details,
                attempt.number(),
                policy.timeLimit(),
                write(folder.resolve("conflicts.txt"), details),
                folder.resolve("output.log"));
        Interruptible attempted = new Interruptible();
        underWay.add(attempted);
        if (stopped) {
            attempted.interrupt(Interruptible.Cause.CANCELLED);
        }
        Future<?> timeout = timer.after(policy.timeLimit(), () -> attempted.interrupt(Interruptible.Cause.LATE));
        Optional<String> failure = ask(policy.resolver().orElseThrow(), request);
        timeout.cancel(false);
        underWay.remove(attempted);
        return switch (attempted.end()) {
            case NONE -> failure;
            case LATE -> failure.map(what -> "it ran out of its " + policy.timeLimit());
            case CANCELLED -> Optional.of("the run was cancelled");
        };
    }

    private static Optional<String> ask(ConflictResolver resolver, ConflictResolver.Request request) {
        try {
            return resolver.resolve(request) ? Optional.empty() : Optional.of("the resolver gave up");
        } catch (Exception | Error e) { // the host's code
            return Optional.of("the resolver failed: " + e);
        }
    }

    /** Ends the attempts that are under way, and all that are still begun; what they have done is kept. */
    void stop() {
        stopped = true;
        underWay.forEach(attempted -> attempted.interrupt(Interruptible.Cause.CANCELLED));
    }

    private static Path write(Path file, List<ConflictDetail> details) {
        try {
            return Files.writeString(
                    file, details.stream().map(ConflictDetail::patch).collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw new CoordinatorException(file + ": cannot be written (" + e + "); make the folder writable", e);
        }
    }

    private Resolved settle(Attempt attempt, Worktree worktree, Resolution resolution) {
        if (resolution instanceof Resolution.Accepted accepted) {
            context.journal()
                    .result(
                            "resolve",
                            Map.of(
                                    "task",
                                    attempt.task().id(),
                                    "ref",
                                    attempt.ref(context),
                                    "commit",
                                    accepted.commit()));
            remove(attempt, worktree);
            return new Resolved(
                    Optional.of(accepted.commit()),
                    List.of("the conflict was resolved, at attempt " + attempt.number()));
        }
        List<String> reasons = ((Resolution.Rejected) resolution).reasons();
        Finishing.Saved saved = finishing.save(
                attempt.task(),
                attempt.name(),
                attempt.number(),
                worktree,
                "a resolution that was not taken: " + reasons);
        if (saved.complete()) {
            remove(attempt, worktree);
        }
        String kept = saved.ref().map(ref -> "; it is kept as " + ref).orElse("");
        return new Resolved(
                Optional.empty(),
                List.of("resolution " + attempt.number() + " was not taken: " + String.join("; ", reasons) + kept));
    }

    /** What is in it is under a ref by now. */
    private void remove(Attempt attempt, Worktree worktree) {
        try {
            String tip =
                    BranchKeeping.keep(context, context.run(), attempt.task().id(), attempt.name(), worktree);
            context.worktrees().remove(worktree, Removal.deletingBranchAt(tip).afterRescue());
        } catch (WorktreeException e) {
            log.atWarn()
                    .addKeyValue("directory", worktree.directory())
                    .setCause(e)
                    .log("Left the worktree of a resolution");
        }
    }
}
