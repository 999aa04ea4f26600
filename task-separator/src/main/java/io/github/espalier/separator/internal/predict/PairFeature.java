package io.github.espalier.separator.internal.predict;

import java.util.List;

/** What speaks for a collision of two tasks of which it is not certain what they touch. */
enum PairFeature implements ModelFeature {
    /** Always 1. */
    INTERCEPT,
    /** The logarithm of the expected number of collisions in files that both may touch. */
    COLLISIONS,
    /** The square root of the expected number. */
    COLLISIONS_ROOT,
    /** The square root of the expected number of files that both touch. */
    SHARED,
    /** The square root of the probability that both touch the likeliest one. */
    LIKELIEST,
    /** The square root of the expected number, each weighed by how often it was changed of late. */
    HOT,
    /** How alike the texts are. */
    ALIKE,
    /** The square root of that. */
    ALIKE_ROOT,
    /** The rarity of the rarest word that both have. */
    RARE_WORD,
    /** The square root of likeness times the probability of the likeliest shared file. */
    ALIKE_AND_LIKELIEST,
    /** The square root of how many files both touch if the figures of {@link Feature#PATH_WORDS} were probabilities. */
    BY_PATH_WORDS,
    /** The same by {@link Feature#SHARE}. */
    BY_SHARE,
    /** The same by {@link Feature#TOGETHER}. */
    BY_TOGETHER,
    /** The same by {@link Feature#COMPANION}. */
    BY_COMPANION,
    /** The same by {@link Feature#CONTENT}. */
    BY_CONTENT,
    /** The square root of how alike the files are that both may touch (the cosine of their probabilities). */
    SAME_FILES,
    /** The same of the files that they are expected to touch in each folder. */
    SAME_FOLDERS,
    /** The same by module. */
    SAME_MODULES,
    /** Both name folders, and different ones. */
    APART;

    static final int COUNT = values().length;

    /** Those by single sources, in the order of {@link Guess#SOURCES}. */
    static final List<PairFeature> BY_SOURCE = List.of(BY_PATH_WORDS, BY_SHARE, BY_TOGETHER, BY_COMPANION, BY_CONTENT);

    /** Of which features more never makes a pair safer. */
    static boolean[] nonNegative() {
        boolean[] nonNegative = new boolean[COUNT];
        for (PairFeature feature : values()) {
            nonNegative[feature.index()] = feature != INTERCEPT && feature != APART;
        }
        return nonNegative;
    }
}
