package io.github.espalier.separator;

import java.util.List;

/** Tasks depend on each other in a circle, so none of them could ever start. */
public final class DependencyCycleException extends SeparationException {
    private static final long serialVersionUID = 1L;

    /** The circle. */
    private final transient List<String> cycle;

    /**
     * Creates an exception.
     *
     * @param cycle the tasks, each depending on the next and the last on the first
     */
    public DependencyCycleException(List<String> cycle) {
        super("tasks depend on each other in a circle: " + String.join(" -> ", cycle) + " -> " + cycle.get(0)
                + "; drop one of these dependencies");
        this.cycle = List.copyOf(cycle);
    }

    /**
     * The circle.
     *
     * @return the tasks' ids, each depending on the next and the last on the first
     */
    public List<String> cycle() {
        return cycle;
    }
}
