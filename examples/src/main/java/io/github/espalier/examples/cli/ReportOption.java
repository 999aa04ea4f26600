package io.github.espalier.examples.cli;

import io.github.espalier.coordinator.CoordinatorException;
import io.github.espalier.coordinator.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the report goes. */
final class ReportOption {
    @Option(names = "--report", paramLabel = "FILE.json", description = "writes the report here, in JSON")
    private @Nullable Path file;

    /** Asked before anything begins: a report that cannot be written is known of then. */
    void requireWritable() {
        if (file != null && !JsonText.isWritable(file)) {
            throw new MisuseException(
                    "--report " + file + ": no file can be written there; name one in a folder that exists");
        }
    }

    void write(RunReport report) {
        if (file == null) {
            return;
        }
        try {
            JsonText.write(ReportJson.of(report), file);
        } catch (IOException e) {
            throw new BrokenRunException(new CoordinatorException(
                    "the run is over, but its report could not be written to " + file + " (" + e + ")", e));
        }
    }
}
