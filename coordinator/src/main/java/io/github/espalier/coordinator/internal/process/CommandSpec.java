package io.github.espalier.coordinator.internal.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program to run.
 *
 * @param argv the program, as a path, and its arguments
 * @param directory where it runs
 * @param environment its whole environment
 * @param log a file that takes its standard output and standard error
 * @param logLimit how large that may grow, in bytes
 * @param exitFile a file that takes its exit code
 * @param containment how its processes are kept together
 */
record CommandSpec(
        List<String> argv,
        Path directory,
        Map<String, String> environment,
        Path log,
        long logLimit,
        Path exitFile,
        Wrapper containment) {
    CommandSpec {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /** Without the environment, which holds secrets. */
    @Override
    public String toString() {
        return "CommandSpec[argv=" + argv + ", directory=" + directory + "]";
    }
}
