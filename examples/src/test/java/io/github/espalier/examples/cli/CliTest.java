package io.github.espalier.examples.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a user at a command line, in a folder of its own each. */
abstract class CliTest {
    @TempDir
    Path folder;

    CliHost host;

    @BeforeEach
    final void startHost() {
        host = CliHost.in(folder);
    }
}
