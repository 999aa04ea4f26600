package io.github.espalier.coordinator;

import java.util.List;

/** A coordinator that was asked for something that cannot work, mostly by its builder. Says all that is wrong at once. */
public final class ConfigurationException extends CoordinatorException {
    private static final long serialVersionUID = 1L;

    /** See {@link #problems()}. */
    private final transient List<String> problems;

    /**
     * Creates an exception.
     *
     * @param problems one line each: what is wrong, and the remedy
     */
    public ConfigurationException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * All that is wrong.
     *
     * @return one line each
     */
    public List<String> problems() {
        return problems;
    }
}
