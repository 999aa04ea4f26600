package io.github.espalier.examples.cli;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of the library's log is printed on standard error. */
final class LogLevelOption {
    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description =
                    "prints the library's log on standard error:" + " ${COMPLETION-CANDIDATES}; by default nothing")
    private @Nullable Level level;

    @Option(
            names = {"-v", "--verbose"},
            description = "the same as --log-level info")
    private boolean verbose;

    /** Levels. */
    enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** Sets the level; returns whether anything will be printed. Must come before the first logger is made. */
    boolean apply() {
        Optional<Level> chosen =
                Optional.ofNullable(level).or(() -> Optional.of(Level.INFO).filter(info -> verbose));
        chosen.ifPresent(on -> System.setProperty(
                "org.slf4j.simpleLogger.defaultLogLevel", on.name().toLowerCase(Locale.ROOT)));
        return chosen.isPresent();
    }
}
