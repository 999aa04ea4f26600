package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.FailureReason;
import io.github.espalier.coordinator.RunEvent;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.Verification.Verdict;
import io.github.espalier.worktree.IntegrationOutcome;
import io.github.espalier.worktree.IntegrationRequest;
import io.github.espalier.worktree.Integrator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finished branches on their way to the target. Those that are merged already stand in a train: each car is merged onto the
 * one before it and verified as if that one had landed, so that the second is being verified while the first still is. Only
 * the head is published, once it has passed and what it was merged onto is still the target's tip. A head that fails with
 * several landings in it is divided until the one is found that fails; that one leaves, and what stood behind it is merged
 * anew without it. Verdicts are known by tree, so that the half of a car that failed is not verified again.
 *
 * <p>A train is never longer than one car more than the logarithm of what there is to land: a failure throws away the
 * verifications behind it, and so costs no more of them than a bisection.
 *
 * <p>Confined to the landing lane, but for {@link #land}.
 */
final class LandingQueue {
    private static final Logger log = LoggerFactory.getLogger(LandingQueue.class);

    /** A target that moves more often than this during one landing is moved by a machine; a later run lands the branch. */
    private static final int MOST_ROUNDS = 50;

    private final RunContext context;
    private final LandingLine line;
    private final Integrator integrator;
    private final Verifier verifier;
    private final Guard guard;
    private final Publication publication;
    private final Executor lane;
    private final Waiting waiting;
    private final ConflictTelling telling;
    private final List<Car> train = new ArrayList<>();
    private long arrivals;

    LandingQueue(
            RunContext context,
            LandingLine line,
            Integrator integrator,
            Verifier verifier,
            Guard guard,
            Executor lane) {
        this.context = context;
        this.line = line;
        this.integrator = integrator;
        this.verifier = verifier;
        this.guard = guard;
        this.lane = lane;
        publication = new Publication(context, line);
        waiting = new Waiting(context);
        telling = new ConflictTelling(context);
    }

    /** Lets one task land before another where both wait. From any thread. */
    void prefer(String first, String second) {
        lane.execute(() -> waiting.prefer(first, second));
    }

    /** Lands branches, or says why not. Those that come together are in the queue before the first of them is chosen. */
    void land(List<Candidate> candidates) {
        List<Candidate> arrived = List.copyOf(candidates);
        lane.execute(() -> {
            arrived.forEach(this::arrive);
            advance();
        });
    }

    private void arrive(Candidate candidate) {
        candidate.sequence = arrivals++;
        try {
            waiting.add(candidate);
        } catch (RuntimeException | Error e) {
            log.atError().addKeyValue("branch", candidate.branch).setCause(e).log("Could not queue a branch");
            conclude(candidate, failed("landing failed: " + e.getMessage()));
        }
    }

    /** Does all that can be done now; called again when a verdict is there. */
    private void advance() {
        boolean more = true;
        while (more) {
            try {
                more = step();
            } catch (RuntimeException | Error e) {
                log.atError().setCause(e).log("Could not land");
                more = giveUpFirst(e);
            }
        }
    }

    /** Whether there may be more to do. */
    private boolean step() {
        if (!train.isEmpty()) {
            Car head = train.get(0);
            if (!head.onto().equals(line.tip())) {
                derail(0);
                return true;
            }
            Optional<Verdict> verdict = head.verdict();
            if (verdict.isPresent()) {
                settle(head, verdict.get());
                return true;
            }
        }
        return couple();
    }

    /** Whatever broke, broke for the first of all: the others go on without it. */
    private boolean giveUpFirst(Throwable cause) {
        derail(0);
        Optional<Candidate> first = waiting.first();
        first.ifPresent(candidate -> conclude(candidate, failed("landing failed: " + cause.getMessage())));
        return first.isPresent();
    }

    private void settle(Car head, Verdict verdict) {
        if (verdict.passed()) {
            publish(head, verdict);
        } else if (verifier.isStopped()) {
            train.remove(0);
            head.landings().forEach(one -> conclude(one.candidate(), new LandingResult(new TaskOutcome.Cancelled())));
        } else if (head.landings().size() > 1) {
            divide(head);
        } else {
            train.remove(0);
            derail(0);
            conclude(head.last().candidate(), Verdicts.red(head, verdict));
        }
    }

    /** The tree of the second half is the one that failed, and needs no verification. */
    private void divide(Car head) {
        int half = head.landings().size() / 2;
        List<Car.Coupled> first = head.landings().subList(0, half);
        train.set(0, car(first));
        train.add(1, new Car(head.landings().subList(half, head.landings().size()), head.job()));
    }

    private void publish(Car head, Verdict verdict) {
        Optional<TaskOutcome> refusal = guard.refusal();
        if (refusal.isPresent()) {
            train.remove(0);
            derail(0);
            head.landings().forEach(one -> conclude(one.candidate(), new LandingResult(refusal.get())));
            return;
        }
        List<LandingResult> results = publication.publish(head, verdict);
        if (results.isEmpty()) {
            derail(0); // the target moved
            return;
        }
        train.remove(0);
        for (int i = 0; i < results.size(); i++) {
            telling.landed(head.landings().get(i));
            head.landings().get(i).candidate().result.complete(results.get(i));
        }
    }

    /** Merges the next branch, or several, behind the last car. */
    private boolean couple() {
        if (train.size() >= longest()) {
            return false;
        }
        String onto = train.isEmpty() ? line.tip() : train.get(train.size() - 1).commit();
        List<Car.Coupled> coupled = new ArrayList<>();
        boolean some = false;
        try {
            while (coupled.size() < context.configuration().landings().queue().batch()) {
                boolean speculative = !train.isEmpty() || !coupled.isEmpty();
                Optional<Candidate> next = waiting.next(speculative ? onto : "");
                if (next.isEmpty()) {
                    break;
                }
                some = true;
                Optional<Car.Coupled> one = couple(next.get(), onto, speculative);
                if (one.isPresent()) {
                    coupled.add(one.get());
                    onto = one.get().made().commit();
                }
            }
            if (!coupled.isEmpty()) {
                train.add(car(coupled));
            }
            return some;
        } catch (RuntimeException | Error e) {
            coupled.forEach(one -> waiting.add(one.candidate())); // nobody else knows of them
            throw e;
        }
    }

    private int longest() {
        int all = waiting.size() + train.size();
        int logarithm = 32 - Integer.numberOfLeadingZeros(Math.max(1, all - 1));
        return verifier.isOn() ? Math.min(verifier.slots(), 2 + logarithm) : 1;
    }

    private Optional<Car.Coupled> couple(Candidate candidate, String onto, boolean speculative) {
        Optional<TaskOutcome> refusal = guard.refusal();
        if (refusal.isPresent()) {
            conclude(candidate, new LandingResult(refusal.get()));
            return Optional.empty();
        }
        if (candidate.rounds++ >= MOST_ROUNDS) {
            conclude(candidate, failed("the target moved " + MOST_ROUNDS + " times while the work was landing"));
            return Optional.empty();
        }
        context.publish(now -> new RunEvent.LandingStarted(now, candidate.task.id(), onto));
        IntegrationOutcome outcome;
        try {
            outcome = integrate(candidate, onto);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("branch", candidate.branch).setCause(e).log("Could not merge a branch");
            if (speculative) {
                candidate.refusedOnto = onto; // it is this branch's turn when nothing stands before it
            } else {
                conclude(candidate, failed("landing failed: " + e.getMessage()));
            }
            return Optional.empty();
        }
        if (outcome instanceof IntegrationOutcome.Integrated made) {
            waiting.remove(candidate);
            return Optional.of(new Car.Coupled(candidate, onto, made));
        } else if (speculative) {
            candidate.refusedOnto = onto; // what it does not go together with may still fail
        } else {
            TaskOutcome told = Verdicts.unintegrated(outcome);
            conclude(
                    candidate,
                    new LandingResult(
                            told instanceof TaskOutcome.Conflicted conflicted
                                    ? telling.tell(candidate, onto, conflicted)
                                    : told));
        }
        return Optional.empty();
    }

    private IntegrationOutcome integrate(Candidate candidate, String onto) {
        return integrator.integrate(new IntegrationRequest(
                onto,
                candidate.tip,
                candidate.strategy,
                Messages.landing(
                        candidate.task,
                        candidate.branch,
                        context.run(),
                        context.configuration().landings().signature().coAuthors()),
                context.identity()));
    }

    private Car car(List<Car.Coupled> landings) {
        Car.Coupled last = landings.get(landings.size() - 1);
        if (!verifier.isOn()) {
            return new Car(landings, Optional.empty());
        }
        Verifier.Job job = verifier.verify(
                last.candidate().task.id(), last.made().commit(), last.made().tree());
        job.verdict().thenRun(() -> lane.execute(this::advance));
        return new Car(landings, Optional.of(job));
    }

    /** Takes cars off the train, from one on; their branches are merged anew in their turn. */
    private void derail(int from) {
        Collection<Car> off = List.copyOf(train.subList(from, train.size()));
        train.subList(from, train.size()).clear();
        for (Car car : off) {
            car.job().ifPresent(verifier::release);
            car.landings().forEach(one -> waiting.add(one.candidate()));
        }
    }

    private void conclude(Candidate candidate, LandingResult result) {
        waiting.remove(candidate);
        candidate.result.complete(result);
    }

    private static LandingResult failed(String why) {
        return new LandingResult(new TaskOutcome.InstanceFailed(FailureReason.INFRASTRUCTURE, why));
    }
}
