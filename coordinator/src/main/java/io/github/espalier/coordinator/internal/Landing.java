package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.FailureReason;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.Verification.Verdict;
import io.github.espalier.separator.Task;
import io.github.espalier.worktree.Conflict;
import io.github.espalier.worktree.IntegrationOutcome;
import io.github.espalier.worktree.IntegrationRequest;
import io.github.espalier.worktree.Integrator;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.Worktree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a finished branch to the target: merge on objects, verify that very tree, publish it. Confined to the landing lane. */
final class Landing {
    private static final Logger log = LoggerFactory.getLogger(Landing.class);

    /** A target that moves more often than this during one landing is moved by a machine; a later run lands the branch. */
    private static final int MOST_ROUNDS = 50;

    private final RunContext context;
    private final LandingLine line;
    private final Integrator integrator;
    private final VerificationRoom room;
    private final Guard guard;

    Landing(RunContext context, LandingLine line, Integrator integrator, VerificationRoom room, Guard guard) {
        this.context = context;
        this.line = line;
        this.integrator = integrator;
        this.room = room;
        this.guard = guard;
    }

    /**
     * What came of a landing.
     *
     * @param outcome what the task came to
     * @param settled what became of landings that were held before
     */
    record Result(TaskOutcome outcome, LandingLine.Settled settled) {
        Result(TaskOutcome outcome) {
            this(outcome, LandingLine.Settled.NOTHING);
        }
    }

    Result land(Task task, Worktree worktree, String tip) {
        try {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                Optional<Result> result = guard.refusal().map(Result::new).or(() -> attempt(task, worktree, tip));
                if (result.isPresent()) {
                    return result.get();
                }
            }
            return failed("the target moved " + MOST_ROUNDS + " times while the work was landing");
        } catch (RuntimeException e) {
            log.atError().addKeyValue("task", task.id()).setCause(e).log("Could not land");
            return failed("landing failed: " + e.getMessage());
        }
    }

    /** One round; empty: the target moved meanwhile. */
    private Optional<Result> attempt(Task task, Worktree worktree, String tip) {
        String onto = line.tip();
        context.publish(now -> new RunEvent.LandingStarted(now, task.id(), onto));
        LandingStrategy strategy = context.configuration().landings().strategy();
        IntegrationOutcome outcome = integrator.integrate(new IntegrationRequest(
                onto, tip, strategy, Messages.landing(task, worktree, context.run()), context.identity()));
        if (outcome instanceof IntegrationOutcome.Integrated integrated) {
            return publish(task, tip, onto, integrated);
        }
        return Optional.of(new Result(unintegrated(outcome)));
    }

    private static TaskOutcome unintegrated(IntegrationOutcome outcome) {
        if (outcome instanceof IntegrationOutcome.NothingToIntegrate) {
            return new TaskOutcome.NothingToLand();
        } else if (outcome instanceof IntegrationOutcome.Conflicted conflicted) {
            String at =
                    conflicted.atCommit().map(commit -> " at commit " + commit).orElse("");
            String paths = conflicted.conflicts().stream()
                    .map(Conflict::path)
                    .distinct()
                    .collect(Collectors.joining(", "));
            return new TaskOutcome.Conflicted(conflicted.conflicts(), paths + at);
        }
        return new TaskOutcome.Conflicted(List.of(), "the target has moved on, so it is no fast-forward");
    }

    private Optional<Result> publish(Task task, String tip, String onto, IntegrationOutcome.Integrated integrated) {
        Optional<TaskOutcome> red = verify(task, integrated);
        if (red.isPresent()) {
            return red.map(Result::new);
        }
        keepOriginals(task, tip);
        Map<String, ?> what =
                Map.of("task", task.id(), "tip", tip, "commit", integrated.commit(), "tree", integrated.tree());
        context.journal().intent("land", what);
        LandingLine.Published published = line.publish(task.id(), onto, integrated);
        if (published instanceof LandingLine.Published.Done done) {
            TaskOutcome landed = new TaskOutcome.Landed(integrated.commit(), integrated.tree());
            return Optional.of(new Result(landed, done.settled()));
        } else if (published instanceof LandingLine.Published.Waiting waiting) {
            return Optional.of(new Result(waiting.outcome()));
        }
        return Optional.empty();
    }

    private Optional<TaskOutcome> verify(Task task, IntegrationOutcome.Integrated integrated) {
        if (!room.isOpen()) {
            return Optional.empty();
        }
        context.publish(now -> new RunEvent.VerificationStarted(now, task.id(), integrated.commit()));
        Path log = context.folder(task.id(), "verify").resolve("verify-" + integrated.commit() + ".log");
        Verdict verdict = room.verify(task.id(), integrated.commit(), integrated.tree(), log);
        context.publish(now -> new RunEvent.VerificationEnded(now, task.id(), verdict.passed()));
        if (verdict.passed()) {
            return Optional.empty();
        }
        return Optional.of(
                room.isStopped()
                        ? new TaskOutcome.Cancelled()
                        : new TaskOutcome.VerificationFailed(
                                verdict.reason(), Optional.of(log).filter(Files::exists)));
    }

    /** Squash and rebase publish other commits than the agent made; its own stay reachable. */
    private void keepOriginals(Task task, String tip) {
        LandingStrategy strategy = context.configuration().landings().strategy();
        if (strategy != LandingStrategy.SQUASH && strategy != LandingStrategy.REBASE) {
            return;
        }
        String ref = "refs/espalier/landed/" + context.run() + "/" + TaskNames.slug(task.id());
        if (context.refs().read(ref).isEmpty()) {
            context.journal().intent("keep", Map.of("task", task.id(), "ref", ref, "commit", tip));
            context.refs().create(ref, tip, "espalier: before " + strategy);
        }
    }

    private static Result failed(String why) {
        return new Result(new TaskOutcome.InstanceFailed(FailureReason.INFRASTRUCTURE, why));
    }
}
