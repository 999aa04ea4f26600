package io.github.espalier.coordinator;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a host in a folder of its own. */
abstract class HostTest {
    @TempDir
    Path folder;

    TestHost host;

    @BeforeEach
    final void startHost() {
        host = TestHost.in(folder);
    }
}
