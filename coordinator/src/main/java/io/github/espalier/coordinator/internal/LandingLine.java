package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.worktree.IntegrationOutcome;
import io.github.espalier.worktree.IntegrationRequest;
import io.github.espalier.worktree.Integrator;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.TargetBranch;
import io.github.espalier.worktree.TargetBranch.AdvanceOutcome;
import io.github.espalier.worktree.WorktreeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the next landing goes: the target's tip, or, while a checkout of the target cannot follow, the last landing that is
 * held for it. Held landings are a chain of commits ahead of the target, each under a ref of ours; they go in together as
 * soon as the checkout can follow. Confined to the landing lane, but for {@link #tip}, {@link #holds}
 * and {@link #commit}, which any thread may ask.
 */
final class LandingLine {
    private static final Logger log = LoggerFactory.getLogger(LandingLine.class);
    private static final String HELD = "refs/espalier/held/";

    private final RunContext context;
    private final TargetBranch target;
    private final Integrator integrator;
    private final Predicate<String> verified;
    private final List<Held> chain = new CopyOnWriteArrayList<>();
    private final List<Held> landed = new ArrayList<>();
    private final List<Held> dropped = new ArrayList<>();
    private String intended = "";

    /**
     * @param verified verifies a commit that had to be made because the target moved under the chain
     */
    LandingLine(RunContext context, TargetBranch target, Integrator integrator, Predicate<String> verified) {
        this.context = context;
        this.target = target;
        this.integrator = integrator;
        this.verified = verified;
    }

    /**
     * A landing that waits.
     *
     * @param task the task; empty: it was held by an earlier run
     * @param ref the ref that holds it
     * @param commit the commit to publish
     * @param tree its tree
     */
    record Held(Optional<String> task, String ref, String commit, String tree) {}

    /**
     * What became of landings that waited, since that was told last.
     *
     * @param landed those that are on the target now, whoever brought them there
     * @param dropped those that no longer go in; each stays under its ref
     */
    record Settled(List<Held> landed, List<Held> dropped) {
        static final Settled NOTHING = new Settled(List.of(), List.of());

        Settled {
            landed = List.copyOf(landed);
            dropped = List.copyOf(dropped);
        }
    }

    /** What came of publishing. */
    sealed interface Published {
        /**
         * It is on the target.
         *
         * @param settled what became of others that were held before it
         */
        record Done(Settled settled) implements Published {}

        /** The target moved: integrate anew. */
        record Moved() implements Published {}

        /**
         * It waits.
         *
         * @param outcomes for the report, one a landing
         */
        record Waiting(List<TaskOutcome.Held> outcomes) implements Published {
            public Waiting {
                outcomes = List.copyOf(outcomes);
            }
        }
    }

    /**
     * A commit to publish.
     *
     * @param task the task
     * @param onto what it was made onto
     * @param made the commit
     */
    record Landing(String task, String onto, IntegrationOutcome.Integrated made) {}

    /** Where a task's landing waits. */
    static String heldRef(String target, String run, String task) {
        return heldRefs(target, run) + TaskNames.slug(task);
    }

    /** What the refs begin with under which landings of a run wait. */
    static String heldRefs(String target, String run) {
        return prefix(target) + run + "/";
    }

    private static String prefix(String target) {
        return HELD + target + "/";
    }

    /**
     * Takes over what earlier runs, or an earlier host of this one, had to hold for this target.
     *
     * @param tasks the tasks of this run
     * @return whether there is anything
     */
    synchronized boolean resume(Collection<String> tasks) {
        Map<String, String> own = new HashMap<>();
        tasks.forEach(task -> own.put(heldRef(target.name(), context.run(), task), task));
        String tip = target.tip();
        context.refs().list(prefix(target.name())).forEach((ref, commit) -> {
            if (context.refs().isAncestor(commit, tip)) {
                isIn(ref, commit);
            } else {
                resume(new Held(
                        Optional.ofNullable(own.get(ref)),
                        ref,
                        commit,
                        context.refs().tree(commit)));
            }
        });
        return holds();
    }

    /** Refs come in the order of their names; a chain is in the order of its commits. */
    private void resume(Held held) {
        int at = 0;
        while (at < chain.size() && context.refs().isAncestor(chain.get(at).commit(), held.commit())) {
            at++;
        }
        if (at == chain.size()
                || context.refs().isAncestor(held.commit(), chain.get(at).commit())) {
            chain.add(at, held);
        } else {
            log.atWarn()
                    .addKeyValue("ref", held.ref())
                    .log("A landing held by an earlier run no longer fits; merge it by hand");
        }
    }

    /** The commit that the next task starts from and the next landing is merged onto. */
    synchronized String tip() {
        return tipOver(target.tip());
    }

    /** The same over one look at the target: a publication that looked twice could pass over what came between. */
    private String tipOver(String tip) {
        while (!chain.isEmpty() && context.refs().isAncestor(chain.get(0).commit(), tip)) {
            release(chain.get(0)); // somebody else has brought it in
        }
        if (chain.isEmpty()) {
            return tip;
        }
        return context.refs().isAncestor(tip, last().commit()) ? last().commit() : rebuild(tip);
    }

    /** Somebody moved the target while landings were held: merge the chain with where it is now. */
    private String rebuild(String tip) {
        Held old = last();
        IntegrationOutcome outcome = integrator.integrate(new IntegrationRequest(
                tip, old.commit(), LandingStrategy.MERGE, "Land held work\n", context.identity()));
        if (outcome instanceof IntegrationOutcome.Integrated merged && verified.test(merged.commit())) {
            Map<String, ?> what = Map.of("ref", old.ref(), "from", old.commit(), "to", merged.commit());
            context.journal().intent("hold", what);
            context.refs().update(old.ref(), merged.commit(), old.commit(), "espalier: target moved");
            chain.set(chain.size() - 1, new Held(old.task(), old.ref(), merged.commit(), merged.tree()));
            return merged.commit();
        }
        log.atWarn()
                .addKeyValue("target", target.name())
                .log("Held landings no longer go in; they stay under their refs");
        dropped.addAll(chain);
        chain.clear();
        return tip;
    }

    /** Publishes commits of which the first was made onto {@link #tip} and each other one onto the one before it. */
    synchronized Published publish(List<Landing> landings) {
        Landing last = landings.get(landings.size() - 1);
        String from = target.tip();
        if (!tipOver(from).equals(landings.get(0).onto())) {
            return new Published.Moved();
        }
        AdvanceOutcome outcome = advance(from, last.made().commit(), last.task());
        if (outcome instanceof AdvanceOutcome.Advanced) {
            return new Published.Done(settled());
        } else if (outcome instanceof AdvanceOutcome.Held held) {
            return new Published.Waiting(
                    landings.stream().map(landing -> hold(landing, held)).toList());
        }
        return new Published.Moved();
    }

    private TaskOutcome.Held hold(Landing landing, AdvanceOutcome.Held held) {
        String commit = landing.made().commit();
        String ref = heldRef(target.name(), context.run(), landing.task());
        Map<String, ?> what = Map.of("task", landing.task(), "ref", ref, "commit", commit);
        context.journal().intent("hold", what);
        context.refs().create(ref, commit, "espalier: held");
        chain.add(new Held(
                Optional.of(landing.task()), ref, commit, landing.made().tree()));
        TaskOutcome.Held waiting = new TaskOutcome.Held(ref, commit, held.checkout(), held.reason());
        Map<String, Object> fields = OutcomeFields.of(waiting);
        fields.put("task", landing.task());
        done("hold", fields);
        return waiting;
    }

    /** Tries again to publish what is held. */
    synchronized Settled retry() {
        if (!chain.isEmpty()) {
            String from = target.tip();
            String tip = tipOver(from);
            if (!chain.isEmpty()) {
                advance(from, tip, last().task().orElse("held"));
            }
        }
        return settled();
    }

    /** With what is published goes all that was held before it. */
    private AdvanceOutcome advance(String from, String to, String task) {
        if (!intended.equals(from + to)) { // a landing that is tried every other second is one intent
            context.journal().intent("publish", Map.of("task", task, "from", from, "to", to));
            intended = from + to;
        }
        AdvanceOutcome outcome = move(from, to, "espalier: land " + Messages.oneLine(task));
        if (outcome instanceof AdvanceOutcome.Advanced) {
            done("publish", Map.of("task", task, "to", to));
            List.copyOf(chain).forEach(this::release);
        }
        return outcome;
    }

    /** A git that died after it had moved the target did move it. */
    private AdvanceOutcome move(String from, String to, String reason) {
        try {
            return target.advance(from, to, reason);
        } catch (RuntimeException e) {
            if (!context.refs().isAncestor(to, target.tip())) {
                throw e;
            }
            log.atWarn().addKeyValue("target", target.name()).setCause(e).log("Moved the target, and then failed");
            return new AdvanceOutcome.Advanced(List.of());
        }
    }

    /** What is done stays done, also where that cannot be written down; the run notices when it next has to write. */
    private void done(String step, Map<String, ?> fields) {
        try {
            context.journal().result(step, fields);
        } catch (CoordinatorException e) {
            log.atError().addKeyValue("step", step).setCause(e).log("Could not write down what was done");
        }
    }

    private void release(Held held) {
        chain.remove(held);
        landed.add(held);
        isIn(held.ref(), held.commit());
    }

    /** Written down before the ref goes, by which a history finds out that the landing came in. */
    private void isIn(String ref, String commit) {
        done("release", Map.of("ref", ref, "commit", commit));
        delete(ref, commit);
    }

    /** The target holds the commit by now: a ref that cannot be deleted is deleted by a later run. */
    private void delete(String ref, String commit) {
        try {
            context.refs().delete(ref, commit);
        } catch (WorktreeException e) {
            log.atWarn().addKeyValue("ref", ref).setCause(e).log("Left the ref of a landing that is in");
        }
    }

    private Settled settled() {
        Settled settled = new Settled(landed, dropped);
        landed.clear();
        dropped.clear();
        return settled;
    }

    /** Does something while no landing moves the target or brings a checkout forward. */
    synchronized <T> T still(Supplier<T> work) {
        return work.get();
    }

    boolean holds() {
        return !chain.isEmpty();
    }

    /** The commit that waits under a ref now: a target that moved made another one of it. */
    String commit(TaskOutcome.Held held) {
        return chain.stream()
                .filter(landing -> landing.ref().equals(held.ref()))
                .map(Held::commit)
                .findFirst()
                .orElse(held.commit());
    }

    private Held last() {
        return chain.get(chain.size() - 1);
    }
}
