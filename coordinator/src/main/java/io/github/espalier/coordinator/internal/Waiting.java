package io.github.espalier.coordinator.internal;

import io.github.espalier.coordinator.LandingOrder;
import io.github.espalier.worktree.WorktreeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finished branches that are not merged yet, in the order that the host chose. Confined to the landing lane. */
final class Waiting {
    private static final Logger log = LoggerFactory.getLogger(Waiting.class);

    private final RunContext context;
    private final LandingOrder order;
    private final List<Candidate> candidates = new ArrayList<>();
    /** Task → those that go before it. */
    private final Map<String, Set<String>> later = new HashMap<>();

    Waiting(RunContext context) {
        this.context = context;
        order = context.configuration().landings().queue().order();
    }

    void add(Candidate candidate) {
        if (order == LandingOrder.LEAST_RISK && candidate.paths.isEmpty()) {
            lookAtPaths(candidate);
        }
        candidates.add(candidate);
    }

    /** The order is a wish: a branch whose changes cannot be read waits with the others all the same. */
    private void lookAtPaths(Candidate candidate) {
        try {
            candidate.paths.addAll(
                    context.refs().changedPaths(context.configuration().target(), candidate.tip));
        } catch (WorktreeException e) {
            log.atWarn()
                    .addKeyValue("task", candidate.task.id())
                    .setCause(e)
                    .log("Could not read what a branch changes");
        }
    }

    void remove(Candidate candidate) {
        candidates.remove(candidate);
    }

    /** Where both wait, one is not taken before the other. */
    void prefer(String first, String second) {
        later.computeIfAbsent(second, any -> new HashSet<>()).add(first);
    }

    private boolean isFree(Candidate candidate) {
        Set<String> before = later.getOrDefault(candidate.task.id(), Set.of());
        return candidates.stream().noneMatch(other -> before.contains(other.task.id()));
    }

    int size() {
        return candidates.size();
    }

    /** The first of all, whatever it waits for. */
    Optional<Candidate> first() {
        return candidates.stream().min(comparator());
    }

    /**
     * The next to merge.
     *
     * @param onto passes over what is known not to go together with this commit; empty: passes over none
     */
    Optional<Candidate> next(String onto) {
        return candidates.stream()
                .filter(candidate -> onto.isEmpty() || !candidate.refusedOnto.equals(onto))
                .filter(this::isFree)
                .min(comparator());
    }

    private Comparator<Candidate> comparator() {
        Comparator<Candidate> dependentsFirst =
                Comparator.comparing(candidate -> candidate.task.dependsOn().isEmpty());
        Comparator<Candidate> chosen = switch (order) {
            case FINISHED -> Comparator.comparingLong(candidate -> candidate.sequence);
            case PRIORITY -> Comparator.comparingInt(candidate -> candidate.task.priority());
            case LEAST_RISK -> Comparator.comparingLong(this::risk);
        };
        return dependentsFirst.thenComparing(chosen).thenComparingLong(candidate -> candidate.sequence);
    }

    private long risk(Candidate candidate) {
        return candidates.stream()
                .filter(other -> other != candidate && other.paths.stream().anyMatch(candidate.paths::contains))
                .count();
    }
}
