package io.github.espalier.examples.view;

import io.github.espalier.coordinator.TaskStatus;

/**
 * Colours, where they are wanted.
 *
 * @param colours whether they are
 */
public record Style(boolean colours) {
    private static final String RESET = "\u001b[0m";

    /** The text in bold. */
    public String bold(String text) {
        return in("1", text);
    }

    /** The text, less conspicuous. */
    public String dim(String text) {
        return in("2", text);
    }

    /** The text in the colour of success or of failure. */
    public String verdict(boolean good, String text) {
        return in(good ? "32" : "31", text);
    }

    /** The text in the colour of a task's state. */
    public String state(TaskStatus.State state, String text) {
        return switch (state) {
            case PENDING -> dim(text);
            case RUNNING -> in("36", text);
            case COMPLETED -> verdict(true, text);
            case FAILED -> verdict(false, text);
        };
    }

    private String in(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
