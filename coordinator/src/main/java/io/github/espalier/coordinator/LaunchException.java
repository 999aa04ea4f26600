package io.github.espalier.coordinator;

/** An agent or command that could not be started. */
public final class LaunchException extends CoordinatorException {
    private static final long serialVersionUID = 1L;

    /** See {@link #program()}. */
    private final String program;

    /**
     * Creates an exception.
     *
     * @param program the program that was to start
     * @param why why it could not, and the remedy
     */
    public LaunchException(String program, String why) {
        super("cannot start \"" + program + "\": " + why);
        this.program = program;
    }

    /**
     * The program.
     *
     * @return as it was given
     */
    public String program() {
        return program;
    }
}
