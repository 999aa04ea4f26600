package io.github.espalier.separator.internal.predict;

import java.util.Map;

/** Files whose path has the terms of the text. */
final class WordSignal implements Signal {
    private static final int MOST = 60;
    private static final double COMMON = 0.25;
    private static final double RAREST = 9;

    @Override
    public void find(Project project, Query query, Candidates candidates) {
        ProjectFiles files = project.files();
        TermIndex words = files.words();
        double[] inName = new double[files.known()];
        double[] inPath = new double[files.known()];
        double[] all = {1e-9};
        query.terms().forEach((term, weight) -> {
            double rarity = words.idf(term);
            double idf = rarity * weight;
            all[0] += idf;
            if (!words.isCommon(term, COMMON)) {
                words.visit(term, (document, own) -> {
                    int file = files.fileOfDocument(document);
                    inPath[file] += idf * own;
                    if (own == 1) {
                        inName[file] += Math.min(rarity, RAREST);
                    }
                });
            }
        });
        double[] scores = new double[inPath.length];
        double[] covered = new double[inPath.length];
        for (int file = 0; file < scores.length; file++) {
            if (inPath[file] > 0) {
                covered[file] = inName[file] == 0 ? 0 : inName[file] / Math.max(1, nameWeight(words, files.path(file)));
                scores[file] = inPath[file] / all[0] + 0.5 * covered[file];
            }
        }
        for (Candidates.Scored best : Candidates.best(scores, MOST)) {
            candidates.raise(best.file(), Feature.NAME_COVERED, covered[best.file()]);
            candidates.raise(best.file(), Feature.PATH_WORDS, inPath[best.file()] / all[0]);
        }
    }

    private static double nameWeight(TermIndex words, String path) {
        double[] sum = {0};
        Map<String, Integer> own = Terms.count(ProjectFiles.name(path));
        own.keySet().forEach(term -> sum[0] += Math.min(words.idf(term), RAREST));
        return sum[0];
    }
}
