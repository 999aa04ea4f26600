package io.github.espalier.separator.internal.predict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What models would have said of replayed tasks and pairs, in the order of time: before each task the footprint model is
 * adjusted to the tasks before it, and the pair model to the pairs before it.
 */
public final class Backtest {
    private static final int EVERY = 50;
    /** Those that are compared, each alone, with all together. */
    private static final List<Feature> SOURCES = List.of(
            Feature.NAMED,
            Feature.PATH_WORDS,
            Feature.CONTENT,
            Feature.SHARE,
            Feature.SHARE_OF_RECENT,
            Feature.TOGETHER,
            Feature.COMPANION,
            Feature.HEAT);

    private final FootprintModel prior;
    private final PairModel pairs;
    private final Recalibration recalibration;
    private final PairCalibration calibration;
    private final List<Ranking> rankings = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<PairExample> examples = new ArrayList<>();
    private FootprintModel model;
    private PairModel adjusted;

    /**
     * A task's files by one source.
     *
     * @param source the source's name
     * @param hits whether the files were touched, the likeliest first
     * @param touched how many were touched
     * @param there how many of them were there before
     */
    public record Ranking(String source, List<Boolean> hits, int touched, int there) {}

    /**
     * What was said of a pair.
     *
     * @param task the older task's number
     * @param collided whether it collided
     * @param byText the probability by the texts alone
     * @param byFiles the probability by the files, known in full
     * @param heldByText the same, scaled to what the pairs before came to
     * @param heldByFiles the same by the files
     * @param byNames how many files the texts of both name
     * @param shared how many files both touched
     * @param bySource by each source alone, how many files both would touch if its figures were probabilities; and how alike
     *     the texts are
     */
    public record Verdict(
            int task,
            boolean collided,
            double byText,
            double byFiles,
            double heldByText,
            double heldByFiles,
            double byNames,
            int shared,
            Map<String, Double> bySource) {
        public Verdict {
            bySource = Map.copyOf(bySource);
        }
    }

    /**
     * A pair to fit weights to.
     *
     * @param features by the texts
     * @param shared one row a file that both touched
     * @param collided whether it collided
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record PairExample(double[] features, List<double[]> shared, boolean collided) {}

    /** A test of models. */
    public Backtest(FootprintModel footprints, PairModel pairs) {
        this.prior = footprints;
        this.pairs = pairs;
        recalibration = new Recalibration(footprints, Models.PRIOR_PRECISION);
        model = footprints;
        calibration = new PairCalibration(pairs);
        adjusted = pairs;
    }

    /** The records of one project, the oldest task first, after the changes before them all. */
    public void run(List<ReplayRecord> all) {
        List<ReplayRecord> lessons = all.stream().filter(ReplayRecord::isLesson).toList();
        lessons.forEach(lesson -> recalibration.observe(lesson.own()));
        model = recalibration.model();
        lessons.forEach(lesson ->
                lesson.pairs().forEach(pair -> calibration.observe(pair, features(model, pairs, lesson.own(), pair))));
        List<ReplayRecord> records = all.subList(lessons.size(), all.size());
        for (int i = 0; i < records.size(); i++) {
            if (i >= 2) {
                // The change before a task's base is the last that is known.
                recalibration.observe(records.get(i - 2).own());
            }
            if (i % EVERY == 0) {
                model = recalibration.model();
                adjusted = calibration.model(records.get(i).task() - 1);
            }
            ReplayRecord record = records.get(i);
            rank(record.own());
            for (ReplayRecord.Pair pair : record.pairs()) {
                judge(record, pair);
            }
        }
    }

    private void rank(ReplayRecord.Seen seen) {
        add(seen, "global", file -> prior.probability(doubles(file.features())));
        add(seen, "combined", file -> model.probability(doubles(file.features())));
        for (Feature feature : SOURCES) {
            add(seen, feature.key(), file -> file.features()[feature.index()]);
        }
    }

    /** A figure of a file. */
    private interface Score {
        double of(ReplayRecord.File file);
    }

    private record Scored(double value, int number, boolean hit) {}

    private void add(ReplayRecord.Seen seen, String source, Score score) {
        List<Scored> scored = new ArrayList<>();
        seen.files().forEach(file -> {
            double value = score.of(file);
            if (value > 0) { // of what a source says nothing of, it ranks nothing
                scored.add(new Scored(value, file.number(), file.hit()));
            }
        });
        scored.sort((a, b) -> a.value() == b.value() ? a.number() - b.number() : Double.compare(b.value(), a.value()));
        rankings.add(new Ranking(source, scored.stream().map(Scored::hit).toList(), seen.touched(), seen.there()));
    }

    /** What the texts of a replayed pair tell. */
    static double[] features(FootprintModel model, PairModel pairs, ReplayRecord.Seen own, ReplayRecord.Pair pair) {
        Likeness likeness = new Likeness(pair.cosine(), pair.rarest(), pair.apart());
        Map<Integer, Guess> mine = guesses(model, own);
        Map<Integer, Guess> theirs = guesses(model, pair.other());
        Expectation expectation = new Expectation();
        theirs.forEach((file, second) -> {
            Guess first = mine.get(file);
            if (first != null) {
                double[] shared = SharedFile.alike(second.shared(), likeness);
                expectation.addBySource(first, second);
                expectation.add(
                        first.probability() * second.probability(),
                        pairs.collisions(shared),
                        shared[SharedFile.Feature.HEAT.index()]);
            }
        });
        return expectation.features(likeness, Whereabouts.of(mine.values()).overlap(Whereabouts.of(theirs.values())));
    }

    /** By file, in ascending order. */
    private static Map<Integer, Guess> guesses(FootprintModel model, ReplayRecord.Seen seen) {
        Map<Integer, Guess> guesses = new TreeMap<>();
        seen.files().forEach(file -> guesses.put(file.number(), guess(model, file)));
        return guesses;
    }

    private static Guess guess(FootprintModel model, ReplayRecord.File file) {
        double[] features = doubles(file.features());
        return Guess.of(file.number(), file.place(), model.probability(features), features, doubles(file.shared()));
    }

    /** The probability of a collision by the files that both did touch. */
    static double byFiles(PairModel pairs, ReplayRecord.Pair pair) {
        return PairModel.atLeastOne(pair.shared().stream()
                .mapToDouble(file -> pairs.collisions(doubles(file)))
                .sum());
    }

    private void judge(ReplayRecord record, ReplayRecord.Pair pair) {
        double[] features = features(model, pairs, record.own(), pair);
        List<double[]> shared = pair.shared().stream().map(Backtest::doubles).toList();
        double byFiles = byFiles(adjusted, pair);
        double byText = adjusted.byTexts(features);
        verdicts.add(new Verdict(
                record.task(),
                pair.collided(),
                byText,
                byFiles,
                calibration.byText(byText),
                calibration.byFiles(byFiles),
                named(record.own(), pair.other()),
                shared.size(),
                bySource(record.own(), pair)));
        examples.add(new PairExample(features, shared, pair.collided()));
        calibration.observe(pair, features, byFiles, byText);
    }

    private static Map<String, Double> bySource(ReplayRecord.Seen own, ReplayRecord.Pair pair) {
        Map<Integer, float[]> mine = new HashMap<>();
        own.files().forEach(file -> mine.put(file.number(), file.features()));
        Map<String, Double> figures = new HashMap<>(Map.of("likeness", (double) pair.cosine()));
        SOURCES.forEach(source -> figures.put(source.key(), 0.0));
        for (ReplayRecord.File file : pair.other().files()) {
            float[] first = mine.get(file.number());
            if (first != null) {
                for (Feature source : SOURCES) {
                    double both = (double) first[source.index()] * file.features()[source.index()];
                    figures.merge(source.key(), both, Double::sum);
                }
            }
        }
        return figures;
    }

    private static double named(ReplayRecord.Seen one, ReplayRecord.Seen other) {
        Set<Integer> named = new HashSet<>();
        for (ReplayRecord.File file : one.files()) {
            if (file.features()[Feature.NAMED.index()] > 0) {
                named.add(file.number());
            }
        }
        return other.files().stream()
                .filter(file -> file.features()[Feature.NAMED.index()] > 0 && named.contains(file.number()))
                .count();
    }

    static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** One a task and source. */
    public List<Ranking> rankings() {
        return List.copyOf(rankings);
    }

    /** One a pair. */
    public List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    List<PairExample> examples() {
        return examples;
    }
}
