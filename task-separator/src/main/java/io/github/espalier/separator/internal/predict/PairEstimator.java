package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.ConflictReason;
import io.github.espalier.separator.Evidence;
import io.github.espalier.separator.Footprint;
import io.github.espalier.separator.Footprint.Shape;
import io.github.espalier.separator.Footprint.Touch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Estimates how likely two tasks are to collide, and says in which files. */
final class PairEstimator {
    private static final int TOP = 3;
    private static final double ALIKE = 0.3;
    private static final double WORTH_TELLING = 0.001;

    private final Knowledge knowledge;
    private final Set<String> tolerated;

    /** An estimator that leaves some paths out of account. */
    PairEstimator(Knowledge knowledge, Set<String> tolerated) {
        this.knowledge = knowledge;
        this.tolerated = Set.copyOf(tolerated);
    }

    /**
     * One task of a pair.
     *
     * @param query what it says
     * @param footprint what it may touch, as far as that is likely enough to be told
     * @param guesses what it may touch, by path, whether or not it is told
     * @param whereabouts the same as a whole, but for what is left out of account
     * @param complete whether the footprint holds only what is certain
     */
    record Side(
            Query query, Footprint footprint, Map<String, Guess> guesses, Whereabouts whereabouts, boolean complete) {
        Side with(Footprint wider) {
            return new Side(query, wider, guesses, whereabouts, complete);
        }

        /** Whether some of it is certain. */
        boolean certainlyKnown() {
            return footprint.certain().isKnown();
        }
    }

    /**
     * What is estimated of a pair.
     *
     * @param probability of a collision
     * @param shareAPath whether there is a file that both may well touch, and that is not left out of account
     * @param reasons the strongest first
     */
    record Estimate(double probability, boolean shareAPath, List<ConflictReason> reasons) {}

    /** The estimate; the same, but for the order within reasons, when the sides are swapped. */
    Estimate estimate(Side first, Side second) {
        Project project = knowledge.project();
        Likeness likeness = Likeness.of(project, first.query(), second.query());
        Expectation expectation = new Expectation();
        double certain = 0;
        List<Reason> reasons = new ArrayList<>();
        List<Both> shared = Both.of(first.footprint(), second.footprint()).stream()
                .filter(both -> !tolerated.contains(both.path()))
                .toList();
        for (Both file : shared) {
            Touch mine = file.mine().get(0);
            Touch their = file.theirs().get(0);
            double each = 0;
            for (Touch one : file.mine()) {
                for (Touch other : file.theirs()) {
                    double[] features = SharedFile.features(project, file.path(), one.kind(), other.kind(), likeness);
                    each = Math.max(each, knowledge.pairs().collisions(features));
                }
            }
            each = Regions.far(file.mine(), file.theirs()) ? Math.min(each, Regions.COLLISIONS_FAR_APART) : each;
            double both = mine.probability() * their.probability();
            expectation.add(both, each, SharedFile.heat(project, file.path()));
            certain += both == 1 ? each : 0;
            if (both * each > WORTH_TELLING) {
                reasons.add(new Reason(
                        both * each,
                        new ConflictReason.LikelySamePath(
                                file.path(), mine.probability(), their.probability(), PairModel.atLeastOne(each))));
            }
        }
        double probability = PairModel.atLeastOne(certain);
        if (!first.complete() || !second.complete()) {
            addUntold(
                    expectation, first, second, shared.stream().map(Both::path).collect(Collectors.toSet()), likeness);
            probability = Math.max(
                    probability,
                    knowledge
                            .pairs()
                            .byTexts(expectation.features(
                                    likeness, first.whereabouts().overlap(second.whereabouts()))));
        }
        return new Estimate(probability, !reasons.isEmpty(), told(reasons, likeness, first, second));
    }

    /** Files that are too unlikely to be told, of which there are many. */
    private void addUntold(Expectation expectation, Side first, Side second, Set<String> told, Likeness likeness) {
        Set<String> mine = certain(first);
        Set<String> theirs = certain(second);
        Set<String> paths = new TreeSet<>(first.guesses().keySet());
        paths.addAll(mine);
        for (String path : paths) {
            Guess one = first.guesses().get(path);
            Guess other = second.guesses().get(path);
            if (tolerated.contains(path)) {
                continue;
            }
            if (one != null && other != null) {
                expectation.addBySource(one, other);
            }
            double both = probability(one, mine.contains(path)) * probability(other, theirs.contains(path));
            Guess known = one != null ? one : other;
            if (both > 0 && known != null && !told.contains(path)) {
                double[] features = SharedFile.alike(known.shared().clone(), likeness);
                expectation.add(
                        both, knowledge.pairs().collisions(features), known.shared()[SharedFile.Feature.HEAT.index()]);
            }
        }
    }

    private static double probability(@Nullable Guess guess, boolean certain) {
        if (certain) {
            return 1;
        }
        return guess == null ? 0 : guess.probability();
    }

    /** The files that it is certain to touch. */
    private static Set<String> certain(Side side) {
        return side.footprint().certain().touches().stream()
                .filter(touch -> touch.shape() == Shape.FILE)
                .map(Touch::path)
                .collect(Collectors.toSet());
    }

    private record Reason(double weight, ConflictReason reason) {}

    private List<ConflictReason> told(List<Reason> reasons, Likeness likeness, Side first, Side second) {
        List<ConflictReason> told = new ArrayList<>(reasons.stream()
                .sorted((a, b) -> Double.compare(b.weight(), a.weight()))
                .limit(TOP)
                .map(Reason::reason)
                .toList());
        if (likeness.cosine() >= ALIKE) {
            told.add(new ConflictReason.AlikeTexts(
                    likeness.cosine(), Likeness.words(knowledge.project(), first.query(), second.query())));
        }
        return told;
    }

    /** The parts of a file that touches declare; empty if one of them may be anywhere in it. */
    static Optional<List<String>> regions(List<Touch> touches) {
        List<String> regions = new ArrayList<>();
        for (Touch touch : touches) {
            for (Evidence evidence : touch.evidence()) {
                if (!(evidence instanceof Evidence.Declared declared)
                        || declared.declaration().region().isEmpty()) {
                    return Optional.empty();
                }
                regions.add(declared.declaration().region().get());
            }
        }
        return regions.isEmpty() ? Optional.empty() : Optional.of(regions);
    }
}
