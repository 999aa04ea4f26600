package io.github.espalier.examples.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Starts the command line. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the program with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String... args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command line, for use in this process. */
    static CommandLine commandLine() {
        Failures failures = new Failures();
        return new CommandLine(new EspalierCommand())
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, Main::path)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' is no path here: " + e.getReason());
        }
    }
}
