package io.github.espalier.separator.internal.predict;

/** The files that two tasks may touch, one after another, summed up into the features of the pair. */
final class Expectation {
    private static final double NONE = 1e-3;

    private double collisions;
    private double shared;
    private double likeliest;
    private double hot;
    private final double[] bySource = new double[Guess.SOURCES.size()];

    /** What single sources say of a file, for both tasks. */
    void addBySource(Guess one, Guess other) {
        for (int i = 0; i < bySource.length; i++) {
            bySource[i] += (double) one.figures()[i] * other.figures()[i];
        }
    }

    /** A file that both touch with some probability, in which they would then collide so often, and how hot it is. */
    void add(double both, double each, double heat) {
        collisions += both * each;
        shared += both;
        likeliest = Math.max(likeliest, both);
        hot += both * heat;
    }

    double[] features(Likeness likeness, Whereabouts.Overlap overlap) {
        double[] row = new double[PairFeature.COUNT];
        row[PairFeature.INTERCEPT.index()] = 1;
        row[PairFeature.COLLISIONS.index()] = Math.log(collisions + NONE) - Math.log(NONE);
        row[PairFeature.COLLISIONS_ROOT.index()] = Math.sqrt(collisions);
        row[PairFeature.SHARED.index()] = Math.sqrt(shared);
        row[PairFeature.LIKELIEST.index()] = Math.sqrt(likeliest);
        row[PairFeature.HOT.index()] = Math.sqrt(hot);
        row[PairFeature.ALIKE.index()] = likeness.cosine();
        row[PairFeature.ALIKE_ROOT.index()] = Math.sqrt(likeness.cosine());
        row[PairFeature.RARE_WORD.index()] = likeness.rarest();
        row[PairFeature.ALIKE_AND_LIKELIEST.index()] = Math.sqrt(likeness.cosine() * likeliest);
        for (int i = 0; i < bySource.length; i++) {
            row[PairFeature.BY_SOURCE.get(i).index()] = Math.sqrt(bySource[i]);
        }
        row[PairFeature.SAME_FILES.index()] = Math.sqrt(overlap.files());
        row[PairFeature.SAME_FOLDERS.index()] = Math.sqrt(overlap.folders());
        row[PairFeature.SAME_MODULES.index()] = Math.sqrt(overlap.modules());
        row[PairFeature.APART.index()] = likeness.apart() ? 1 : 0;
        return row;
    }
}
