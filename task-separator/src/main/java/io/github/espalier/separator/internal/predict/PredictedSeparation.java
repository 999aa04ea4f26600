package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.ConflictReason;
import io.github.espalier.separator.Footprint;
import io.github.espalier.separator.Separation;
import io.github.espalier.separator.SeparationPolicy;
import io.github.espalier.separator.Task;
import io.github.espalier.separator.TaskConflict;
import io.github.espalier.separator.internal.Exclusions;
import io.github.espalier.separator.internal.PathSeparation;
import io.github.espalier.separator.internal.ToleratedClaims;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A batch in which certain conflicts come from another separation, and likely ones from an estimate. Tasks that share no path,
 * not even a likely one, are not in conflict however alike their texts.
 */
final class PredictedSeparation implements Separation, Exclusions {
    private final PathSeparation certain;
    /** The same by what is likely as well; only who may meet whom is asked of it. */
    private final PathSeparation likely;

    private final Map<String, PairEstimator.Side> sides;
    private final Optional<Knowledge> knowledge;
    private final PredictingSeparator.Settings settings;
    private final ToleratedClaims tolerated;
    private final Optional<PairEstimator> estimator;
    private final Optional<ImportRisk> imports;
    private final Map<String, Integer> order = new LinkedHashMap<>();

    PredictedSeparation(
            PathSeparation certain,
            Map<String, PairEstimator.Side> sides,
            Optional<Knowledge> knowledge,
            PredictingSeparator.Settings settings) {
        this.certain = certain;
        this.sides = sides;
        this.knowledge = knowledge;
        this.settings = settings;
        tolerated = new ToleratedClaims(certain, settings.tolerated());
        estimator = knowledge.map(known -> new PairEstimator(known, settings.tolerated()));
        imports = knowledge.map(ImportRisk::new);
        sides.keySet().forEach(id -> order.put(id, order.size()));
        likely = isByRisk() ? likely() : certain;
    }

    private PathSeparation likely() {
        Map<String, Task> tasks = new LinkedHashMap<>();
        Map<String, Footprint> footprints = new LinkedHashMap<>();
        sides.forEach((id, side) -> {
            tasks.put(id, certain.task(id));
            footprints.put(id, side.footprint());
        });
        return new PathSeparation(tasks, footprints);
    }

    private boolean isByRisk() {
        return settings.policy() instanceof SeparationPolicy.Risk && estimator.isPresent();
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
        Set<ConflictReason> reasons = certainly(first, second);
        Optional<PairEstimator.Estimate> estimate = estimate(first, second);
        if (reasons.isEmpty() && !estimate.map(this::isRisky).orElse(false)) {
            return Optional.empty();
        }
        estimate.ifPresent(found -> reasons.addAll(found.reasons()));
        double probability = estimate.map(PairEstimator.Estimate::probability).orElse(1.0);
        return Optional.of(new TaskConflict(first, second, List.copyOf(reasons), probability));
    }

    private Optional<PairEstimator.Estimate> estimate(String first, String second) {
        return estimator.map(known -> known.estimate(side(first), side(second)));
    }

    private Set<ConflictReason> certainly(String first, String second) {
        Set<ConflictReason> reasons = new LinkedHashSet<>();
        certain.conflict(first, second)
                .ifPresent(conflict ->
                        conflict.reasons().stream().filter(this::counts).forEach(reasons::add));
        return reasons;
    }

    private boolean isRisky(PairEstimator.Estimate estimate) {
        return settings.policy() instanceof SeparationPolicy.Risk risk
                && estimate.shareAPath()
                && estimate.probability() >= risk.threshold();
    }

    /** The same answer as {@link #conflict}, without what is told besides. */
    private boolean areInConflict(String one, String other) {
        return !certainly(one, other).isEmpty()
                || (isByRisk() && estimate(one, other).map(this::isRisky).orElse(false));
    }

    /** Where a risk is estimated, writing one path at once is a matter of that; and so is not knowing a path for certain. */
    private boolean counts(ConflictReason reason) {
        if (reason instanceof ConflictReason.UnknownFootprint unknown) {
            PairEstimator.Side side = side(unknown.task());
            boolean known = isByRisk() ? side.footprint().isKnown() : side.certainlyKnown();
            return !known && !settings.unknownIsIndependent();
        }
        if (reason instanceof ConflictReason.SamePath same) {
            return !isByRisk() && !settings.tolerated().contains(same.path());
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
        return estimate(first, second)
                .map(PairEstimator.Estimate::probability)
                .orElseGet(() -> conflict(first, second).isPresent() ? 1.0 : 0.0);
    }

    @Override
    public List<TaskConflict> conflictsOf(String id) {
        task(id);
        Set<String> near = new TreeSet<>((a, b) -> position(a) - position(b));
        near.addAll(isByRisk() ? likely.near(id) : certain.near(id));
        return near.stream().flatMap(other -> conflict(id, other).stream()).toList();
    }

    @Override
    public boolean isAlone(String id) {
        return certain.isAlone(id) && counts(new ConflictReason.UnknownFootprint(id));
    }

    @Override
    public Map<String, String> claims(String id) {
        return isByRisk() ? Map.of() : tolerated.without(certain.claims(id));
    }

    @Override
    public Collection<String> others(String id) {
        Set<String> near = new LinkedHashSet<>();
        if (isByRisk()) {
            near.addAll(likely.near(id));
        } else {
            near.addAll(certain.others(id));
            near.addAll(tolerated.near(id, certain.claims(id).keySet()));
        }
        return near.stream().filter(other -> areInConflict(id, other)).toList();
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
