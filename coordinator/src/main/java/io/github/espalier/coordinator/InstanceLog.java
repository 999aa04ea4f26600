package io.github.espalier.coordinator;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** What an instance has printed, standard output and standard error together. Thread-safe. */
public interface InstanceLog {
    /**
     * Opens the log at its beginning.
     *
     * @return a stream to be closed by the caller; it ends where the log ends now
     * @throws CoordinatorException if it cannot be read
     */
    InputStream open();

    /**
     * The last line that is not blank.
     *
     * @return the line without control characters, shortened to 500 characters; empty: nothing was printed, or it cannot
     *     be read now
     */
    Optional<String> lastLine();

    /**
     * Where it lies, if it is a file on this machine.
     *
     * @return the file
     */
    Optional<Path> file();
}
