package io.github.espalier.examples.cli;

import io.github.espalier.examples.view.Terminal;
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

    /** Sets the level. Must come before the first logger is made. */
    void apply() {
        chosen().ifPresent(on -> System.setProperty(
                "org.slf4j.simpleLogger.defaultLogLevel", on.name().toLowerCase(Locale.ROOT)));
    }

    /** Where to draw: a log and a table that is drawn in place would overwrite each other. */
    Terminal terminal() {
        return chosen().isPresent() ? Terminal.none() : Terminal.detect();
    }

    private Optional<Level> chosen() {
        return Optional.ofNullable(level).or(() -> Optional.of(Level.INFO).filter(info -> verbose));
    }
}
