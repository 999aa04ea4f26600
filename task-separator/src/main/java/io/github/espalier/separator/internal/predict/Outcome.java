package io.github.espalier.separator.internal.predict;

import java.util.stream.Stream;

/** What came of two changes. */
public enum Outcome {
    /** They went together. */
    CLEAN(0),
    /** They did not. */
    COLLIDED(1),
    /** Nobody can tell. */
    UNKNOWN(2);

    private final int code;

    Outcome(int code) {
        this.code = code;
    }

    /** As it is written down. */
    int code() {
        return code;
    }

    /** What was written down; whatever is no code is not known. */
    static Outcome of(int code) {
        return Stream.of(values())
                .filter(outcome -> outcome.code == code)
                .findFirst()
                .orElse(UNKNOWN);
    }
}
