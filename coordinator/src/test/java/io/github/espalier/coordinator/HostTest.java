package io.github.espalier.coordinator;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a host in a folder of its own. */
abstract class HostTest {
    @TempDir
    Path folder;

    TestHost host;

    /** What is waited for comes late on a busy machine: a host in a JVM of its own, an agent's first line. */
    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @BeforeEach
    final void startHost() {
        host = TestHost.in(folder);
    }
}
