package io.github.espalier.separator;

import java.util.List;

/** A task that cannot be. */
public final class InvalidTaskException extends SeparationException {
    private static final long serialVersionUID = 1L;

    /** All that is wrong. */
    private final transient List<String> problems;

    /**
     * Creates an exception.
     *
     * @param id the task's id
     * @param problems all that is wrong with it
     */
    public InvalidTaskException(String id, List<String> problems) {
        super("task \"" + shown(id) + "\": " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    private static String shown(String id) {
        String clean = id.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 80 ? clean : clean.substring(0, 80) + "…";
    }

    /**
     * All that is wrong.
     *
     * @return one entry a problem, each with its remedy
     */
    public List<String> problems() {
        return problems;
    }
}
