package io.github.espalier.worktree;

import java.nio.file.Path;
import java.util.List;

/** A git command that could not be started, failed, or ran out of time. */
public class GitCommandException extends WorktreeException {
    private static final long serialVersionUID = 1L;

    /** Exit code of a command that never ended by itself: not started, or out of time. */
    public static final int NO_EXIT_CODE = -1;

    /** See {@link #command()}. */
    private final transient List<String> command;
    /** See {@link #directory()}. */
    private final transient Path directory;
    /** See {@link #exitCode()}. */
    private final int exitCode;
    /** See {@link #stderr()}. */
    private final String stderr;

    /**
     * Creates an exception.
     *
     * @param what what happened, in a few words
     * @param command the whole argument list
     * @param directory where it ran
     * @param exitCode its exit code, or {@link #NO_EXIT_CODE}
     * @param stderr the last lines of its standard error
     */
    public GitCommandException(String what, List<String> command, Path directory, int exitCode, String stderr) {
        super(what + ": " + String.join(" ", command) + " (in " + directory + ")"
                + (stderr.isBlank() ? "" : ": " + stderr.strip()));
        this.command = List.copyOf(command);
        this.directory = directory;
        this.exitCode = exitCode;
        this.stderr = stderr;
    }

    /**
     * The whole argument list.
     *
     * @return the arguments, the program first
     */
    public List<String> command() {
        return command;
    }

    /**
     * Where the command ran.
     *
     * @return its working directory
     */
    public Path directory() {
        return directory;
    }

    /**
     * The exit code.
     *
     * @return the exit code, or {@link #NO_EXIT_CODE}
     */
    public int exitCode() {
        return exitCode;
    }

    /**
     * The last lines of standard error.
     *
     * @return at most the last 4,096 characters
     */
    public String stderr() {
        return stderr;
    }
}
