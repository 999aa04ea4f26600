package io.github.espalier.separator.internal.predict;

/** Figures against the best file's, and figures that count only together. */
final class RelationSignal implements Signal {
    private static final double DOUBT = 0.02;

    @Override
    public void find(Project project, Query query, Candidates candidates) {
        relate(candidates, Feature.CONTENT, Feature.CONTENT_TO_BEST);
        relate(candidates, Feature.SHARE, Feature.SHARE_TO_BEST);
        relate(candidates, Feature.PATH_WORDS, Feature.WORDS_TO_BEST);
        double named = candidates.all().values().stream()
                .mapToDouble(features -> features[Feature.FOLDER.index()])
                .max()
                .orElse(0);
        candidates.all().values().forEach(features -> {
            double content = features[Feature.CONTENT.index()];
            double folder = features[Feature.FOLDER.index()];
            features[Feature.CONTENT_AND_SHARE.index()] = Math.sqrt(content * features[Feature.SHARE.index()]);
            features[Feature.FOLDER_AND_CONTENT.index()] = folder * content;
            features[Feature.OUTSIDE_FOLDER.index()] = named - folder;
            features[Feature.FOLDER_AND_WORDS.index()] = folder * features[Feature.PATH_WORDS.index()];
        });
    }

    private static void relate(Candidates candidates, Feature figure, Feature relation) {
        double best = DOUBT;
        for (double[] features : candidates.all().values()) {
            best = Math.max(best, features[figure.index()] + DOUBT);
        }
        for (double[] features : candidates.all().values()) {
            features[relation.index()] = features[figure.index()] / best;
        }
    }
}
