package io.github.espalier.worktree;

import java.util.Optional;

/** A ref that did not have the value it was expected to have. It was not changed. */
public final class RefMovedException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** See {@link #ref()}. */
    private final String ref;
    /** See {@link #actual()}. */
    private final transient Optional<String> actual;

    /**
     * Creates an exception.
     *
     * @param ref full name of the ref
     * @param expected the object id it was expected to have; empty: it was expected not to exist
     * @param actual the object id it has; empty: it does not exist
     */
    public RefMovedException(String ref, Optional<String> expected, Optional<String> actual) {
        super(ref + " was expected at " + expected.orElse("(nothing)") + " and is at " + actual.orElse("(nothing)")
                + ": somebody moved it; read it again and retry");
        this.ref = ref;
        this.actual = actual;
    }

    /**
     * The ref.
     *
     * @return its full name
     */
    public String ref() {
        return ref;
    }

    /**
     * Where the ref is.
     *
     * @return its object id; empty: it does not exist
     */
    public Optional<String> actual() {
        return actual;
    }
}
