package io.github.espalier.worktree;

import java.util.List;

/** A name that stands for no rescue, or for more than one. Nothing was changed. */
public final class UnknownRescueException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** See {@link #id()}. */
    private final String id;
    /** See {@link #candidates()}. */
    private final transient List<String> candidates;

    /**
     * Creates an exception.
     *
     * @param id the name that was given
     * @param candidates ids of the rescues it could mean; empty: there is none
     */
    public UnknownRescueException(String id, List<String> candidates) {
        super("\"" + id + "\" "
                + (candidates.isEmpty()
                        ? "names no rescue here; list the rescues and give an id of one"
                        : "could be any of " + String.join(", ", candidates) + "; give one of these ids"));
        this.id = id;
        this.candidates = List.copyOf(candidates);
    }

    /**
     * The name that was given.
     *
     * @return the name
     */
    public String id() {
        return id;
    }

    /**
     * What it could mean.
     *
     * @return ids of the rescues; empty: it means none
     */
    public List<String> candidates() {
        return candidates;
    }
}
