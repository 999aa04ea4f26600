package io.github.espalier.separator.internal.predict;

import java.util.List;

/**
 * A file that a task may touch.
 *
 * @param file its number
 * @param place where it lies
 * @param probability that it does
 * @param figures what single sources say of it, in the order of {@link #SOURCES}
 * @param shared what it has to do with collisions, likeness left out
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Guess(int file, Place place, double probability, float[] figures, double[] shared) {
    /** Those whose figures count for pairs by themselves too: which of them tells most differs by project. */
    static final List<Feature> SOURCES =
            List.of(Feature.PATH_WORDS, Feature.SHARE, Feature.TOGETHER, Feature.COMPANION, Feature.CONTENT);

    /** By all figures of a file. */
    static Guess of(int file, Place place, double probability, double[] features, double[] shared) {
        float[] figures = new float[SOURCES.size()];
        for (int i = 0; i < figures.length; i++) {
            figures[i] = (float) features[SOURCES.get(i).index()];
        }
        return new Guess(file, place, probability, figures, shared);
    }
}
