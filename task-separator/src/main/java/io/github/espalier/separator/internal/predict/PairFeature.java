package io.github.espalier.separator.internal.predict;

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
    /** Both name folders, and different ones. */
    APART;

    static final int COUNT = values().length;

    /** Of which features more never makes a pair safer. */
    static boolean[] nonNegative() {
        boolean[] nonNegative = new boolean[COUNT];
        for (PairFeature feature : values()) {
            nonNegative[feature.index()] = feature != INTERCEPT && feature != APART;
        }
        return nonNegative;
    }
}
