package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.TaskOutcome;
import io.github.espalier.worktree.IntegrationOutcome;
import io.github.espalier.worktree.IntegrationRequest;
import io.github.espalier.worktree.Integrator;
import io.github.espalier.worktree.LandingStrategy;
import io.github.espalier.worktree.TargetBranch;
import io.github.espalier.worktree.TargetBranch.AdvanceOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the next landing goes: the target's tip, or, while a checkout of the target cannot follow, the last landing that is
 * held for it. Held landings are a chain of commits ahead of the target, each under a ref of ours; they go in together as
 * soon as the checkout can follow. Confined to the landing lane, but for {@link #tip} and {@link #holds}, which any thread may ask.
 */
final class LandingLine {
    private static final Logger log = LoggerFactory.getLogger(LandingLine.class);
    private static final String HELD = "refs/espalier/held/";

    private final RunContext context;
    private final TargetBranch target;
    private final Integrator integrator;
    private final Predicate<String> verified;
    private final List<Held> chain = new CopyOnWriteArrayList<>();

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

    /** What came of publishing. */
    sealed interface Published {
        /**
         * It is on the target, and so are those that were held before it.
         *
         * @param released these
         */
        record Done(List<Held> released) implements Published {}

        /** The target moved: integrate anew. */
        record Moved() implements Published {}

        /**
         * It waits.
         *
         * @param outcome for the report
         */
        record Waiting(TaskOutcome.Held outcome) implements Published {}
    }

    /** Takes over what earlier runs had to hold for this target; returns whether there is anything. */
    synchronized boolean resume() {
        context.refs().list(prefix()).forEach((ref, commit) -> {
            if (context.refs().isAncestor(commit, target.tip())) {
                context.refs().delete(ref, commit);
            } else if (context.refs().isAncestor(chain.isEmpty() ? target.tip() : last().commit(), commit)) {
                chain.add(new Held(Optional.empty(), ref, commit, context.refs().tree(commit)));
            } else {
                log.atWarn()
                        .addKeyValue("ref", ref)
                        .log("A landing held by an earlier run no longer fits; merge it by hand");
            }
        });
        return holds();
    }

    /** The commit that the next task starts from and the next landing is merged onto. */
    synchronized String tip() {
        return tipOver(target.tip());
    }

    /** The same over one look at the target: a publication that looked twice could pass over what came between. */
    private String tipOver(String tip) {
        if (chain.isEmpty() || context.refs().isAncestor(tip, last().commit())) {
            return chain.isEmpty() ? tip : last().commit();
        }
        return rebuild(tip);
    }

    /** Somebody moved the target while landings were held: merge the chain with where it is now. */
    private String rebuild(String tip) {
        if (context.refs().isAncestor(last().commit(), tip)) {
            release();
            return tip;
        }
        IntegrationOutcome outcome = integrator.integrate(new IntegrationRequest(
                tip, last().commit(), LandingStrategy.MERGE, "Land held work\n", context.identity()));
        if (outcome instanceof IntegrationOutcome.Integrated merged && verified.test(merged.commit())) {
            Held old = chain.remove(chain.size() - 1);
            context.refs().update(old.ref(), merged.commit(), old.commit(), "espalier: target moved");
            chain.add(new Held(old.task(), old.ref(), merged.commit(), merged.tree()));
            return merged.commit();
        }
        log.atWarn()
                .addKeyValue("target", target.name())
                .log("Held landings no longer go in; they stay under their refs");
        chain.clear();
        return tip;
    }

    /** Publishes a commit that was made onto {@link #tip}. */
    synchronized Published publish(String task, String onto, IntegrationOutcome.Integrated integrated) {
        String commit = integrated.commit();
        String from = target.tip();
        if (!tipOver(from).equals(onto)) {
            return new Published.Moved();
        }
        context.journal().intent("publish", move(task, from, commit, integrated.tree()));
        AdvanceOutcome outcome = target.advance(from, commit, "espalier: land " + Messages.oneLine(task));
        if (outcome instanceof AdvanceOutcome.Advanced) {
            context.journal().result("publish", Map.of("task", task, "to", commit));
            return new Published.Done(release());
        } else if (outcome instanceof AdvanceOutcome.Held held) {
            String ref = prefix() + context.run() + "/" + TaskNames.slug(task);
            context.refs().create(ref, commit, "espalier: held");
            chain.add(new Held(Optional.of(task), ref, commit, integrated.tree()));
            TaskOutcome.Held waiting = new TaskOutcome.Held(ref, commit, held.checkout(), held.reason());
            Map<String, Object> fields = new LinkedHashMap<>(OutcomeFields.of(waiting));
            fields.put("task", task);
            context.journal().result("hold", fields);
            return new Published.Waiting(waiting);
        }
        return new Published.Moved();
    }

    /** Tries again to publish what is held; returns what went in. */
    synchronized List<Held> retry() {
        if (chain.isEmpty()) {
            return List.of();
        }
        List<Held> before = List.copyOf(chain);
        String from = target.tip();
        String tip = tipOver(from);
        if (chain.isEmpty()) {
            return before.stream()
                    .filter(held -> context.refs().isAncestor(held.commit(), from))
                    .toList();
        }
        context.journal().intent("publish", move("", from, tip, last().tree()));
        AdvanceOutcome outcome = target.advance(from, tip, "espalier: land held work");
        return outcome instanceof AdvanceOutcome.Advanced ? release() : List.of();
    }

    private Map<String, String> move(String task, String from, String to, String tree) {
        return Map.of("task", task, "target", target.name(), "from", from, "to", to, "tree", tree);
    }

    boolean holds() {
        return !chain.isEmpty();
    }

    private List<Held> release() {
        List<Held> released = List.copyOf(chain);
        chain.clear();
        released.forEach(held -> context.refs().delete(held.ref(), held.commit()));
        return released;
    }

    private Held last() {
        return chain.get(chain.size() - 1);
    }

    private String prefix() {
        return HELD + target.name() + "/";
    }
}
