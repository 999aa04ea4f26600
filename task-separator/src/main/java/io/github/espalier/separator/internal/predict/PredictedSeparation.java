package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.ConflictReason;
import io.github.espalier.separator.Footprint;
import io.github.espalier.separator.Footprint.Shape;
import io.github.espalier.separator.Footprint.Touch;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.SeparationPolicy;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskConflict;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A batch in which certain conflicts come from another separation, and likely ones from an estimate. Pairs that share no path,
 * not even a likely one, are not estimated.
 */
final class PredictedSeparation implements Separation {
    private final Separation certain;
    private final Map<String, PairEstimator.Side> sides;
    private final Optional<Knowledge> knowledge;
    private final PredictingSeparator.Settings settings;
    private final Optional<PairEstimator> estimator;
    private final Optional<ImportRisk> imports;
    private final Map<String, Integer> order = new LinkedHashMap<>();
    private final Map<String, Set<String>> byPath = new HashMap<>();

    PredictedSeparation(
            Separation certain,
            Map<String, PairEstimator.Side> sides,
            Optional<Knowledge> knowledge,
            PredictingSeparator.Settings settings) {
        this.certain = certain;
        this.sides = sides;
        this.knowledge = knowledge;
        this.settings = settings;
        estimator = knowledge.map(known -> new PairEstimator(known, settings.tolerated()));
        imports = knowledge.map(ImportRisk::new);
        sides.forEach((id, side) -> {
            order.put(id, order.size());
            for (Touch touch : side.footprint().touches()) {
                if (touch.shape() == Shape.FILE) {
                    byPath.computeIfAbsent(touch.path(), any -> new LinkedHashSet<>())
                            .add(id);
                }
            }
        });
    }

    @Override
    public List<Task> tasks() {
        return certain.tasks();
    }

    @Override
    public Task task(String id) {
        return certain.task(id);
    }

    @Override
    public Footprint footprint(String id) {
        certain.task(id);
        return side(id).footprint();
    }

    private PairEstimator.Side side(String id) {
        return Objects.requireNonNull(sides.get(id));
    }

    @Override
    public Optional<TaskConflict> conflict(String one, String other) {
        task(one);
        task(other);
        if (one.equals(other)) {
            return Optional.empty();
        }
        boolean inOrder = position(one) < position(other);
        String first = inOrder ? one : other;
        String second = inOrder ? other : one;
        Set<ConflictReason> reasons = new LinkedHashSet<>();
        certain.conflict(first, second)
                .ifPresent(conflict ->
                        conflict.reasons().stream().filter(this::counts).forEach(reasons::add));
        Optional<PairEstimator.Estimate> estimate = estimator.map(known -> known.estimate(side(first), side(second)));
        boolean risky = estimate.isPresent()
                && settings.policy() instanceof SeparationPolicy.Risk risk
                && estimate.get().probability() >= risk.threshold();
        if (reasons.isEmpty() && !risky) {
            return Optional.empty();
        }
        estimate.ifPresent(found -> reasons.addAll(found.reasons()));
        if (reasons.isEmpty()) {
            return Optional.empty();
        }
        double probability = estimate.map(PairEstimator.Estimate::probability).orElse(1.0);
        return Optional.of(new TaskConflict(first, second, List.copyOf(reasons), probability));
    }

    /** Where a risk is estimated, writing one path at once is a matter of that; and so is not knowing a path for certain. */
    private boolean counts(ConflictReason reason) {
        boolean byRisk = settings.policy() instanceof SeparationPolicy.Risk && estimator.isPresent();
        if (reason instanceof ConflictReason.UnknownFootprint unknown) {
            PairEstimator.Side side = side(unknown.task());
            boolean known = byRisk ? side.footprint().isKnown() : side.certainlyKnown();
            return !known && !settings.unknownIsIndependent();
        }
        if (reason instanceof ConflictReason.SamePath same) {
            return !byRisk && !settings.tolerated().contains(same.path());
        }
        return !(reason instanceof ConflictReason.BothCreate both
                && settings.tolerated().contains(both.path()));
    }

    private int position(String id) {
        return Objects.requireNonNull(order.get(id));
    }

    @Override
    public double probability(String first, String second) {
        task(first);
        task(second);
        if (first.equals(second)) {
            return 0;
        }
        return estimator
                .map(known -> known.estimate(side(first), side(second)).probability())
                .orElseGet(() -> conflict(first, second).isPresent() ? 1.0 : 0.0);
    }

    private Set<String> near(String id) {
        Set<String> near = new TreeSet<>((a, b) -> position(a) - position(b));
        certain.conflictsOf(id)
                .forEach(conflict -> near.add(conflict.first().equals(id) ? conflict.second() : conflict.first()));
        if (settings.policy() instanceof SeparationPolicy.Risk) {
            side(id).footprint().paths().forEach(path -> near.addAll(byPath.getOrDefault(path, Set.of())));
        }
        near.remove(id);
        return near;
    }

    @Override
    public List<TaskConflict> conflictsOf(String id) {
        return near(id).stream().flatMap(other -> conflict(id, other).stream()).toList();
    }

    @Override
    public List<TaskConflict> warnings() {
        return imports.map(risk -> risk.among(this)).orElse(List.of());
    }

    @Override
    public Separation exceeding(String id, Collection<String> paths) {
        Footprint after = footprint(id).seen(paths);
        if (after.equals(footprint(id))) {
            return this;
        }
        Map<String, PairEstimator.Side> wider = new LinkedHashMap<>(sides);
        wider.put(id, side(id).with(after));
        return new PredictedSeparation(certain.exceeding(id, paths), wider, knowledge, settings);
    }
}
