package io.github.espalier.separator.internal.predict;

import java.util.Locale;

/** A figure that a model weighs; each model has an enum of its own. */
interface ModelFeature {
    /** Its name in the code. */
    String name();

    /** Its place in the enum. */
    int ordinal();

    /** Its place in the arrays that hold one figure a feature; nothing is kept by it. */
    default int index() {
        return ordinal();
    }

    /** Its name in the file of weights. */
    default String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
