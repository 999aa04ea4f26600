package io.github.espalier.separator.internal.predict;

/** Files whose content has the terms of the text, by Okapi BM25 with k1 = 1.2 and b = 0.75. */
final class ContentSignal implements Signal {
    private static final int MOST = 60;
    private static final double K1 = 1.2;
    private static final double B = 0.75;
    private static final double COMMON = 0.5;

    @Override
    public void find(Project project, Query query, Candidates candidates) {
        TermIndex contents = project.contents();
        double average = contents.averageLength();
        double[] sums = new double[project.files().known()];
        double[] all = {1};
        query.terms().forEach((term, weight) -> {
            if (contents.frequency(term) > 0 && !contents.isCommon(term, COMMON)) {
                double idf = contents.idf(term) * weight * (K1 + 1);
                all[0] += idf;
                contents.visit(term, (document, count) -> {
                    double length = 1 - B + B * contents.length(document) / average;
                    sums[project.fileOfContent(document)] += idf * count / (count + K1 * length);
                });
            }
        });
        Candidates.best(sums, MOST).forEach(best -> candidates.of(best.file()));
        candidates.all().forEach((file, features) -> features[Feature.CONTENT.index()] = sums[file] / all[0]);
    }
}
