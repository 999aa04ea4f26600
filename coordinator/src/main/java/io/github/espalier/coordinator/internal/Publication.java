package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.coordinator.Verification.Verdict;
import io.github.espalier.worktree.LandingStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Publishes what was verified: that tree and no other. Confined to the landing lane. */
final class Publication {
    private final RunContext context;
    private final LandingLine line;

    Publication(RunContext context, LandingLine line) {
        this.context = context;
        this.line = line;
    }

    /** The result of each landing; empty: the target moved, and nothing was published. */
    List<LandingResult> publish(Car car, Verdict verdict) {
        requireVerifiedTree(car);
        for (Car.Coupled one : car.landings()) {
            keepOriginals(one);
            context.journal()
                    .intent(
                            "land",
                            Map.of(
                                    "task", one.candidate().task.id(),
                                    "tip", one.candidate().tip,
                                    "onto", one.onto(),
                                    "commit", one.made().commit(),
                                    "tree", one.made().tree()));
        }
        List<LandingLine.Landing> landings = car.landings().stream()
                .map(one -> new LandingLine.Landing(one.candidate().task.id(), one.onto(), one.made()))
                .toList();
        LandingLine.Published published = line.publish(landings);
        List<LandingResult> results = new ArrayList<>();
        for (int i = 0; i < car.landings().size(); i++) {
            Car.Coupled one = car.landings().get(i);
            // What was settled is told once, with the last: by then all of this car is on the target.
            boolean last = i == car.landings().size() - 1;
            if (published instanceof LandingLine.Published.Done done) {
                results.add(new LandingResult(
                        new TaskOutcome.Landed(one.made().commit(), one.made().tree()),
                        last ? done.settled() : LandingLine.Settled.NOTHING,
                        Verdicts.flaky(verdict)));
            } else if (published instanceof LandingLine.Published.Waiting waiting) {
                results.add(new LandingResult(
                        waiting.outcomes().get(i), LandingLine.Settled.NOTHING, Verdicts.flaky(verdict)));
            }
        }
        return results;
    }

    /** What is published is what was verified, whatever else goes wrong. */
    private void requireVerifiedTree(Car car) {
        car.job().ifPresent(job -> {
            String tree = context.refs().tree(car.commit());
            if (!tree.equals(job.tree())) {
                throw new IllegalStateException("commit " + car.commit() + " has tree " + tree + ", and " + job.tree()
                        + " was verified; nothing is published");
            }
        });
    }

    /** Squash and rebase publish other commits than the agent made; its own stay reachable. */
    private void keepOriginals(Car.Coupled one) {
        LandingStrategy strategy = one.candidate().strategy;
        if (strategy != LandingStrategy.SQUASH && strategy != LandingStrategy.REBASE) {
            return;
        }
        String task = one.candidate().task.id();
        String ref = "refs/espalier/landed/" + context.run() + "/" + TaskNames.slug(task);
        if (context.refs().read(ref).isEmpty()) {
            context.journal().intent("keep", Map.of("task", task, "ref", ref, "commit", one.candidate().tip));
            context.refs().create(ref, one.candidate().tip, "espalier: before " + strategy);
        }
    }
}
