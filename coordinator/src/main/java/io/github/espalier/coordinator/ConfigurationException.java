package io.github.espalier.coordinator;

import java.util.List;

/** A builder that was asked to build something that cannot work. Says all that is wrong at once. */
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
